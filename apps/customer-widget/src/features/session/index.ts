export { type Chat, createChat } from './chat.ts'
export { ChatScreen } from './chat-screen.tsx'
export { createIdentify } from './identify.ts'
export { startInput } from './start-input.ts'
