// The baseline: a bare Socket.IO relay. No storage, no login; it acknowledges and sends the same frames as Parley.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { Server } from 'socket.io'

interface Sent {
  readonly sessionId: string
  readonly message: string
  readonly clientMessageId: string
}

type Acknowledge = (answer: object) => void

const http = createServer((_request, response) => response.end('ok'))
const io = new Server(http, { serveClient: false, perMessageDeflate: false, maxHttpBufferSize: 64 * 1024 })
const lastSeq = new Map<string, number>()

const frameOf = ({ sessionId, message, clientMessageId }: Sent, auth: Record<string, unknown>) => {
  const seq = (lastSeq.get(sessionId) ?? 0) + 1
  lastSeq.set(sessionId, seq)
  return {
    id: randomUUID(),
    sessionId,
    seq,
    change: seq + 1,
    clientMessageId,
    senderId: auth['userId'],
    senderType: auth['senderType'],
    message,
    messageType: 'text',
    timestamp: new Date().toISOString(),
  }
}

const storedOf = (frame: ReturnType<typeof frameOf>) => ({
  ...frame,
  _id: frame.id,
  sender: frame.senderId,
  receiverId: null,
  receiver: null,
  content: frame.message,
  fileUrl: null,
  fileName: null,
  fileSize: null,
  fileMeta: null,
  status: 'sent',
  readBy: [],
  readByCount: 0,
  replyTo: null,
  forwardedFrom: null,
  reactions: {},
  recalled: false,
  createdAt: frame.timestamp,
  updatedAt: frame.timestamp,
})

io.on('connection', socket => {
  socket.on('join_session', async ({ sessionId }: { sessionId: string }, acknowledge: Acknowledge) => {
    await socket.join(sessionId)
    acknowledge({ ok: true, sessionId })
  })
  socket.on('send_message', (sent: Sent, acknowledge: Acknowledge) => {
    const frame = frameOf(sent, socket.handshake.auth)
    io.to(sent.sessionId).emit('new_message', frame)
    acknowledge({ ok: true, message: storedOf(frame) })
  })
})

http.listen(Number(process.env['PORT']), '127.0.0.1', () => process.send?.('ready'))
process.on('disconnect', () => process.exit(0))
