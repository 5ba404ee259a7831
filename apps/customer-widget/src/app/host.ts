import type { KeyValue, Observable } from '@parley/sdk'
import {
  HELLO,
  type Kept,
  type KeptRequest,
  type PageState,
  type ToApp,
  type ToHost,
  WELCOME,
} from '../bridge/protocol.ts'
import { createStore } from './store.ts'

/** The page that this app is shown on, behind its loader. */
export interface Host {
  readonly state: Observable<PageState>
  /** The page's own storage: an iframe of another site is refused one, or gets one of its own for each site. */
  readonly kept: KeyValue
  tell(message: ToHost): void
  /** Another tab has changed what is kept. */
  onElsewhere(listener: () => void): void
}

/**
 * Says hello to the page whose origin stands in our address, and answers to nobody else: neither to another window
 * that knows this one, nor to a page that has taken the place of that one.
 */
export function findHost(origin: string): Promise<Host> {
  return new Promise(resolve => {
    const welcomed = (event: MessageEvent) => {
      const [port] = event.ports
      if (event.source !== window.parent || event.origin !== origin || event.data !== WELCOME || !port) return
      window.removeEventListener('message', welcomed)
      port.onmessage = ({ data: [what, state] }: MessageEvent<ToApp>) => {
        if (what === 'state') resolve(createHost(state, port))
      }
    }
    window.addEventListener('message', welcomed)
    window.parent.postMessage(HELLO, origin)
  })
}

function createHost(first: PageState, port: MessagePort): Host {
  const state = createStore<PageState>(first)
  const elsewhere: (() => void)[] = []
  const asked = new Map<number, (value: Kept | undefined) => void>()
  let asks = 0

  port.onmessage = ({ data }: MessageEvent<ToApp>) => {
    if (data[0] === 'state') state.set(data[1])
    else if (data[0] === 'elsewhere') for (const listener of elsewhere) listener()
    else {
      asked.get(data[1])?.(data[2])
      asked.delete(data[1])
    }
  }
  const tell = (message: ToHost) => port.postMessage(message)
  const ask = async (...request: KeptRequest) => {
    const id = ++asks
    const answer = new Promise<Kept | undefined>(resolve => asked.set(id, resolve))
    tell(['keep', id, request])
    const value = await answer
    if (value === undefined) throw new Error('The page’s storage refuses')
    return value
  }
  return {
    state,
    tell,
    onElsewhere: listener => void elsewhere.push(listener),
    kept: {
      get: async key => (await ask('getItem', key)) as string | null,
      set: async (key, value) => void (await ask('setItem', key, value)),
      remove: async key => void (await ask('removeItem', key)),
      keys: async start => (await ask('keys', start)) as readonly string[],
    },
  }
}
