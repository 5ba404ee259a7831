import * as link from './planted-link.ts'
import * as store from './planted-store.ts'
import type { Planted } from './world.ts'

/** A bug, the rule that the world must then see broken, and what it must say about it. */
export interface Bug {
  readonly what: string
  readonly rule: string
  readonly says: RegExp
  readonly planted: Planted
}

const OUT_OF_ORDER = /got change \d+ of \S+ after \d+/

/** One for each invariant at least: a world that can't fail shows nothing. */
export const BUGS: readonly Bug[] = [
  {
    what: 'an operator gets more than its limit',
    rule: 'A1',
    says: /holds \d+ sessions and may hold/,
    planted: { store: store.staleLimit },
  },
  {
    what: 'two operators are in a session',
    rule: 'A2',
    says: /has the operators \S+,\S+, not/,
    planted: { store: store.twoOperators },
  },
  {
    what: 'somebody waits while an operator has room',
    rule: 'A3',
    says: /waits, and \S+ has room/,
    planted: { store: store.noRoomSeen },
  },
  {
    what: 'a person has two open sessions',
    rule: 'S2',
    says: /has two open sessions/,
    planted: { store: store.opensAnother },
  },
  {
    what: 'seq has a hole',
    rule: 'M1',
    says: /ends at seq \d+ and has/,
    planted: { store: store.skipsNumber('lastSeq') },
  },
  {
    what: 'change has a hole',
    rule: 'S10',
    says: /ends at change \d+ and has/,
    planted: { store: store.skipsNumber('lastChange') },
  },
  {
    what: 'something acknowledged is lost',
    rule: 'M1',
    says: /was acknowledged as \d+ of \S+ and is not there/,
    planted: { store: store.losesStored },
  },
  {
    what: 'something is there twice',
    rule: 'M3',
    says: /is stored twice/,
    planted: { store: store.storesTwice },
  },
  {
    what: 'an event is lost on its way',
    rule: 'D1',
    says: OUT_OF_ORDER,
    planted: { link: link.losesEvents },
  },
  {
    what: 'an event comes twice',
    rule: 'D1',
    says: OUT_OF_ORDER,
    planted: { link: link.repeatsEvents },
  },
  {
    what: 'an event overtakes another',
    rule: 'D1',
    says: OUT_OF_ORDER,
    planted: { link: link.swapsEvents },
  },
  {
    what: 'what the bus loses is never found',
    rule: 'D1',
    says: /has change \d+, not \d+/,
    planted: { store: store.tellsNothingOfThePast },
  },
  {
    what: 'events don’t lead to the snapshot',
    rule: 'D1',
    says: /has the state/,
    planted: { store: store.staleSnapshots },
  },
  {
    what: 'messages get another sender without a change',
    rule: 'D1',
    says: /has the messages/,
    planted: { store: store.renamesUnseen },
  },
  {
    what: 'a list keeps what has left it',
    rule: 'D11',
    says: /shows in \S+:/,
    planted: { link: link.losesNamed('session.unlisted') },
  },
  {
    what: 'a connection leaves something behind',
    rule: 'D15',
    says: /clients holds/,
    planted: { link: link.keepsGhosts },
  },
  {
    what: 'a lease outlives its connection',
    rule: 'P1',
    says: /there are the leases/,
    planted: { store: store.forgetsToClose },
  },
  {
    what: 'a grace never ends',
    rule: 'P3',
    says: /is \S+ and should be offline/,
    planted: { store: store.runsNoJobs },
  },
  {
    what: 'nobody ends what was abandoned',
    rule: 'S15',
    says: /should have ended by itself/,
    planted: { store: store.runsNoJobs },
  },
  {
    what: 'somebody is not shown what it has come into',
    rule: 'D17',
    says: /came into \S+ and was not shown it|doesn’t know of its session/,
    planted: { link: link.losesNamed('session.opened') },
  },
  {
    what: 'what the bus has lost of new sessions is never found',
    rule: 'D17',
    says: /doesn’t know of its session/,
    planted: { store: store.knowsNoNewParts, busLoses: ({ kind }) => kind === 'joined' },
  },
  {
    what: 'who was removed goes on knowing the session',
    rule: 'G8',
    says: /still knows of/,
    planted: { store: store.forgetsLeaving },
  },
  {
    what: 'a backlog is never given',
    rule: 'D19',
    says: /has not been given message/,
    planted: { store: store.hasNoBacklog },
  },
  {
    what: 'a backlog comes in the wrong order',
    rule: 'D19',
    says: /got message \d+ of \S+ after \d+/,
    planted: { store: store.newestFirst },
  },
  {
    what: 'who never answers is marked',
    rule: 'P8',
    says: /has never answered and is marked/,
    planted: { link: link.answersPings },
  },
  {
    what: 'somebody writes to whom it may not',
    rule: 'F11',
    says: /got a message while its two are/,
    planted: { store: store.asksNoFriends },
  },
  {
    what: 'what was taken back stays',
    rule: 'M25',
    says: /still says something/,
    planted: { store: store.keepsRecalled },
  },
  {
    what: 'messages are taken back without a change',
    rule: 'D1',
    says: /has the messages/,
    planted: { store: store.recallsUnseen },
  },
  {
    what: 'a reaction is there twice',
    rule: 'M26',
    says: /has the reactions/,
    planted: { store: store.reactsTwice },
  },
  {
    what: 'what has arrived is not marked',
    rule: 'P8',
    says: /marked to/,
    planted: { store: store.marksNothing },
  },
]
