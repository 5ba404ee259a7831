import type { Happening } from '@parley/contracts'
import type { Random } from '../sim/random.ts'
import type { Down, Wire } from './wire.ts'

type Plant = (link: Wire, random: Random) => Wire

const SOMETIMES = 0.1

const isCounted = (message: Down): boolean => message.kind === 'event' && 'change' in message.happening.data

/** Changes what a server sends; `send` passes a message on. */
const sending =
  (change: (message: Down, send: (message: Down) => void, random: Random) => void): Plant =>
  (link, random) => {
    const send = link.down.bind(link)
    link.down = message => change(message, send, random)
    return link
  }

export const losesEvents = sending((message, send, random) => {
  if (!isCounted(message) || !random.happens(SOMETIMES)) send(message)
})

export const repeatsEvents = sending((message, send, random) => {
  send(message)
  if (isCounted(message) && random.happens(SOMETIMES)) send(message)
})

/** Lets what comes next go first. */
export const swapsEvents: Plant = (link, random) => {
  let held: Down | null = null
  return sending((message, send) => {
    if (!held && isCounted(message) && random.happens(SOMETIMES)) {
      held = message
      return
    }
    send(message)
    if (held) send(held)
    held = null
  })(link, random)
}

export const losesNamed = (name: Happening['name']): Plant =>
  sending((message, send) => {
    if (message.kind !== 'event' || message.happening.name !== name) send(message)
  })

/** Something on the way answers pings, whoever is there. */
export const answersPings: Plant = (link, random) => {
  const attach = link.attachServer.bind(link)
  let server: Parameters<typeof attach>[0] | null = null
  link.attachServer = side => {
    server = side
    attach(side)
  }
  return sending((message, send) => {
    send(message)
    if (message.kind === 'ping') server?.receive({ kind: 'pong' })
  })(link, random)
}

/** The server never learns that a client has gone. */
export const keepsGhosts: Plant = link => {
  const attach = link.attachServer.bind(link)
  link.attachServer = side => attach({ ...side, closed: () => undefined })
  return link
}
