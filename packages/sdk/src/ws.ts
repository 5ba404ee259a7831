export { type WebSocketClass, type WsLinkOptions, wsLink } from './connection/ws-link.ts'
