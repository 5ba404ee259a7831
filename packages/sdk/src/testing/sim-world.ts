import { createParley } from '../parley.ts'
import { memoryStorage } from '../storage.ts'
import type { Auth, KeyValue, ParleyClient, ParleyOptions } from '../types.ts'
import { createSimClock } from './sim-clock.ts'
import { simLink } from './sim-link.ts'
import { simFetch } from './sim-rest.ts'
import { SimServer } from './sim-server.ts'

export interface SimDevice {
  online: boolean
  /** Says to whoever listens that the network has come or gone, or that the page is looked at. */
  hint(): void
}

/** A server, a clock, and as many clients as a test wants. Nothing in it takes time but the clock. */
export function createSimWorld() {
  const server = new SimServer()
  const time = createSimClock()
  const hinted = new Set<() => void>()
  let ids = 0
  const device: SimDevice = {
    online: true,
    hint() {
      for (const listener of [...hinted]) listener()
    },
  }
  const options = <A extends Auth>(
    auth: A,
    storage: KeyValue = memoryStorage(),
    more: Omit<Partial<ParleyOptions>, 'auth'> = {},
  ): ParleyOptions & { readonly auth: A } => ({
    url: 'https://chat.example.com',
    auth,
    storage,
    link: simLink(server),
    ...more,
    environment: {
      clock: time.clock,
      random: () => 0.5,
      uuid: () => `uuid-${++ids}`,
      fetch: simFetch(server),
      XMLHttpRequest: null,
      hints: {
        online: () => device.online,
        subscribe(listener) {
          hinted.add(listener)
          return () => hinted.delete(listener)
        },
      },
      locks: null,
      ...more.environment,
    },
  })
  const client = (...given: Parameters<typeof options<Auth>>): ParleyClient => createParley(options(...given))
  return {
    server,
    time,
    device,
    options,
    client,
    /** A client of somebody who has a token. */
    as: (token: string, storage?: KeyValue) => client({ kind: 'token', get: () => token }, storage),
  }
}
