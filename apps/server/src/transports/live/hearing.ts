import {
  type CallBinding,
  EVENTS,
  type EventBinding,
  type EventName,
  eventsByName,
  type Family,
  FRAME_EVENTS,
  type Happening,
  SESSION_CHANGED,
  SUPPORT_EVENTS,
  SYNCED_EVENTS,
} from '@parley/contracts'

/** A wire name and how to make its payload. The same happening and spelling always give the same payload. */
export interface WireEvent {
  readonly event: string
  readonly payload: (happening: Happening) => unknown
}

type Table = ReadonlyMap<EventName, WireEvent>

const tableOf = (bindings: readonly EventBinding[]): Table =>
  new Map(
    bindings.map(({ of, event, payload }) => [
      of,
      { event, payload: (happening: Happening) => payload(happening.data) },
    ]),
  )

const FAMILIES: Readonly<Record<Family, Table>> = {
  support: tableOf(SUPPORT_EVENTS),
  chat: new Map(),
  friends: tableOf(FRAME_EVENTS),
}
const SYNCED = tableOf(SYNCED_EVENTS)
const NOTHING: readonly WireEvent[] = []

/** What a connection hears, and by which names. One for all connections that have asked for the same. */
export interface Hearing {
  /** Its families' names for it, else what its numbers need. */
  as(name: EventName): readonly WireEvent[]
  /** After a call that joins a family or syncs. */
  after(call: Pick<CallBinding, 'joins' | 'syncs'>): Hearing
}

interface Asked {
  /** The family whose names it hears as long as it has joined none. */
  readonly home: Family
  readonly joined: readonly Family[]
  readonly synced: boolean
}

const interned = new Map<string, Hearing>()

/** Of a new connection. */
export const hearingAtFirst = (home: Family): Hearing => hearingOf({ home, joined: [], synced: false })

function hearingOf(asked: Asked): Hearing {
  const key = JSON.stringify(asked)
  const known = interned.get(key)
  if (known) return known
  const heard = new Map(EVENTS.map(({ name }) => [name as EventName, namesFor(name, asked)]))
  const hearing: Hearing = {
    as: name => heard.get(name) ?? NOTHING,
    after: ({ joins, syncs }) => hearingOf(askedAfter(asked, joins, syncs)),
  }
  interned.set(key, hearing)
  return hearing
}

const askedAfter = (asked: Asked, joins: Family | undefined, syncs: true | undefined): Asked => ({
  home: asked.home,
  joined: joins ? [...new Set([...asked.joined, joins])].sort() : asked.joined,
  synced: asked.synced || syncs === true,
})

function namesFor(name: EventName, { home, joined, synced }: Asked): readonly WireEvent[] {
  const families = joined.length > 0 ? joined : [home]
  const named = families.map(family => FAMILIES[family].get(name)).filter(event => event !== undefined)
  if (named.length > 0 || !synced) return named
  const shared = SYNCED.get(name)
  if (shared) return [shared]
  return eventsByName[name].counted ? [SESSION_CHANGED] : NOTHING
}
