import { HELLO, type PageState, type ToApp, type ToHost, WELCOME } from '../bridge/protocol.ts'
import type { Place } from './place.ts'

export interface Frame {
  /** Only while the app is there. */
  tell(message: ToApp): void
  /** Ends the app, its connection and whatever it has in memory. */
  unload(): void
}

interface FrameParts {
  readonly iframe: HTMLIFrameElement
  readonly place: Place
  readonly state: () => PageState
  readonly heard: (message: ToHost) => void
  readonly stop: AbortSignal
}

/** The channel to the chat app, which begins when the iframe is put on the page. */
export function createFrame({ iframe, place, state, heard, stop }: FrameParts): Frame {
  const { server, origin } = place
  // The app answers to this page alone.
  iframe.src = `${server}widget/#${location.origin}`
  let port: MessagePort | null = null

  const tell = (message: ToApp) => port?.postMessage(message)
  const greeted = ({ source, origin: from, data }: MessageEvent) => {
    const app = iframe.contentWindow
    if (!app || source !== app || from !== origin || data !== HELLO) return
    const { port1, port2 } = new MessageChannel()
    port?.close()
    port = port1
    port1.onmessage = message => heard(message.data)
    app.postMessage(WELCOME, origin, [port2])
    tell(['state', state()])
  }
  addEventListener('message', greeted, { signal: stop })

  return {
    tell,
    unload() {
      port?.close()
      port = null
      iframe.remove()
    },
  }
}
