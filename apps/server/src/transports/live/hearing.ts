import {
  type CallBinding,
  CHAT_EVENTS,
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
  /** Does this person hear it by this name? Absent: everyone does. */
  readonly hears?: (happening: Happening, userId: string) => boolean
}

type Table = ReadonlyMap<EventName, readonly WireEvent[]>

const tableOf = (bindings: readonly EventBinding[]): Table =>
  new Map(EVENTS.map(({ name }) => [name, bindings.filter(({ of }) => of === name).map(wireEvent)]))

const wireEvent = ({ event, payload, hears }: EventBinding): WireEvent => ({
  event,
  payload: happening => payload(happening.data),
  ...(hears && { hears: ({ data }: Happening, userId: string) => hears(data, userId) }),
})

const FAMILIES: Readonly<Record<Family, Table>> = {
  support: tableOf(SUPPORT_EVENTS),
  chat: tableOf(CHAT_EVENTS),
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

/** Of a new connection. Who comes by `/ws` has joined its family by coming. */
export const hearingAtFirst = (home: Family): Hearing =>
  hearingOf({ home, joined: home === 'friends' ? [home] : [], synced: false })

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
  const named = onceEach(families.flatMap(family => FAMILIES[family].get(name) ?? NOTHING))
  if (named.length > 0 || !synced) return named
  const shared = SYNCED.get(name) ?? NOTHING
  if (shared.length > 0) return shared
  return eventsByName[name].counted ? [SESSION_CHANGED] : NOTHING
}

/** Where families have the same name for it, it is one. */
const onceEach = (events: readonly WireEvent[]): readonly WireEvent[] =>
  events.filter(({ event }, index) => events.findIndex(other => other.event === event) === index)
