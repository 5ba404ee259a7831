/** An event as Socket.IO's default namespace sends it, made once for many sockets. */
export interface EventPacket {
  /** Socket.IO protocol 5: type EVENT, then the array of name and payload. */
  readonly text: string
  readonly options: {
    readonly compress: false
    /** The finished WebSocket frame; engine.io writes it as it is, and uses `text` on other transports. */
    readonly wsPreEncodedFrame: readonly [Buffer]
  }
}

const EVENT = '2'
const ENGINE_MESSAGE = '4'

export function eventPacket(event: string, payload: unknown): EventPacket {
  const text = EVENT + JSON.stringify([event, payload])
  return { text, options: { compress: false, wsPreEncodedFrame: [messageFrame(text)] } }
}

/** A Socket.IO packet as a whole, unmasked text frame: RFC 6455, section 5.2. */
export function messageFrame(text: string): Buffer {
  const message = ENGINE_MESSAGE + text
  const length = Buffer.byteLength(message)
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(headerLength + length)
  frame[0] = 0x81
  if (headerLength === 2) frame[1] = length
  else if (headerLength === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(message, headerLength)
  return frame
}
