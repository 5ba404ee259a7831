import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'

/**
 * A chat over `/ws` that survives its connection: what has not been answered is sent again with the same
 * `clientMessageId`, so nothing is lost and nothing is doubled; what came meanwhile is pushed by the server.
 */
export class Chat {
  #server
  #token
  #socket
  #ended = false
  #waiting = new Map()
  #read = null
  #onMessage

  constructor(server, token, onMessage) {
    this.#server = server
    this.#token = token
    this.#onMessage = onMessage
    this.#connect()
  }

  /** Resolves with the message when the server has stored it. */
  send(receiverId, content) {
    const clientMessageId = randomUUID()
    return new Promise((resolve, reject) => {
      const data = { receiverId, content, clientMessageId }
      this.#waiting.set(clientMessageId, { data, resolve, reject })
      this.#write(data)
    })
  }

  /** Tells the other side that everything up to this message was read. Resolves when the server has taken it down. */
  read(friendId, messageId) {
    return new Promise(resolve => {
      this.#read = { data: { friendId, messageId }, resolve }
      this.#frame('message_read', this.#read.data, 'read')
    })
  }

  end() {
    this.#ended = true
    this.#socket.close()
  }

  #connect() {
    this.#socket = new WebSocket(`${this.#server.replace(/^http/, 'ws')}/ws`, {
      headers: { authorization: `Bearer ${this.#token}` },
    })
    this.#socket.on('message', text => this.#take(JSON.parse(String(text))))
    this.#socket.on('error', () => undefined) // `close` follows
    this.#socket.on('close', () => {
      if (!this.#ended) setTimeout(() => this.#connect(), 1000)
    })
  }

  #take({ type, data, id }) {
    if (type === 'connected') this.#again()
    if (type === 'ack' && id === 'read') this.#read?.resolve()
    if (type === 'new_message') this.#onMessage(data.message)
    if (type === 'message_sent') this.#settle(data.clientMessageId, ({ resolve }) => resolve(data.message))
    if (type === 'error') this.#settle(id, ({ reject }) => reject(new Error(data.message)))
  }

  /** What the last connection may have lost. */
  #again() {
    for (const { data } of this.#waiting.values()) this.#write(data)
    if (this.#read) this.#frame('message_read', this.#read.data, 'read')
  }

  #settle(clientMessageId, how) {
    const sent = this.#waiting.get(clientMessageId)
    if (!sent) return
    this.#waiting.delete(clientMessageId)
    how(sent)
  }

  #write(data) {
    this.#frame('text_message', data, data.clientMessageId)
  }

  #frame(type, data, id) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type, data, id }))
  }
}
