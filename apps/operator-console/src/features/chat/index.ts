export { ChatScreen } from './chat-screen.tsx'
export { ChatsPane } from './chats-pane.tsx'
