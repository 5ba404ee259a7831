import {
  fromWireMessage,
  fromWireSession,
  fromWireType,
  type WireMessage,
  type WireSenderType,
  type WireSession,
} from '@parley/contracts/spelling'
import type { UploadedFile } from '../contract-types.ts'
import type { Answer, Routes } from './route.ts'

type WireFile = Omit<UploadedFile, 'url' | 'name' | 'size'> & {
  readonly _id: string
  readonly fileUrl: string
  readonly fileName: string
  readonly fileSize: number
}

const session = ({ data }: Answer) => fromWireSession(data as WireSession)
export const opened = (answer: Answer) => ({ session: session(answer), created: answer.status === 201 })
const messages = ({ data, pagination }: Answer) => ({
  items: (data as WireMessage[]).map(fromWireMessage),
  pagination,
})
export const message = ({ data }: Answer) => fromWireMessage(data as WireMessage)
const token = ({ data }: Answer) => {
  const made = data as { userType: WireSenderType }
  return { ...made, userType: fromWireType(made.userType) }
}

const file = ({ data }: Answer) => {
  const { _id, fileUrl: url, fileName: name, fileSize: size, ...rest } = data as WireFile
  return { ...rest, url, name, size }
}

/** What a visitor's page needs, and no more: every byte of it is loaded on somebody else's page. */
export const VISITOR_ROUTES = {
  'auth.token': { to: 'POST /api/auth/token', read: token, signsIn: true },
  'auth.identify': { to: 'POST /api/auth/identify' },
  'auth.logout': { to: 'POST /api/auth/logout' },
  'auth.me': { to: 'GET /api/auth/me' },
  'session.start': { to: 'POST /api/chat/start-session', read: opened },
  'session.get': { to: 'GET /api/chat/session/:sessionId', read: session },
  'session.end': { to: 'POST /api/chat/end-session/:sessionId', read: session },
  'message.list': { to: 'GET /api/chat/messages/:sessionId', read: messages },
  'message.recall': { to: 'POST /api/message/recall/:messageId', read: message },
  'message.react': { to: 'POST /api/chat/messages/:messageId/reactions', read: message },
  'file.upload': { to: 'POST /api/files', read: file },
  'site.widget': { to: 'GET /api/site/widget' },
} as const satisfies Routes

export type VisitorOperation = keyof typeof VISITOR_ROUTES
