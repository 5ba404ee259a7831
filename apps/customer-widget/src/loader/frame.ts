import { HELLO, type PageState, type ToApp, type ToHost, WELCOME } from '../bridge/protocol.ts'
import type { Place } from './place.ts'

export interface Frame {
  /** Only while the app is there. */
  tell(message: ToApp): void
  /** Ends the app, its connection and whatever it has in memory. */
  unload(): void
}

/** The channel to the chat app, which begins when the iframe is put on the page. */
export function createFrame(
  iframe: HTMLIFrameElement,
  { server, origin }: Place,
  stop: AbortSignal,
  state: () => PageState,
  heard: (message: ToHost) => void,
): Frame {
  // The app answers to this page alone.
  iframe.src = `${server}widget/#${location.origin}`
  let port: MessagePort | null = null

  const tell = (message: ToApp) => port?.postMessage(message)
  const greeted = ({ source, origin: from, data }: MessageEvent) => {
    if (source !== iframe.contentWindow || from !== origin || data !== HELLO) return
    const { port1, port2 } = new MessageChannel()
    port = port1
    port1.onmessage = message => heard(message.data)
    iframe.contentWindow?.postMessage(WELCOME, origin, [port2])
    tell(['state', state()])
  }
  addEventListener('message', greeted, { signal: stop })

  return {
    tell,
    unload() {
      port?.close()
      iframe.remove()
    },
  }
}
