import { STRATEGIES } from '@parley/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { by, type CommandBody, Desk, startOf } from '../../test/desk.ts'
import { decideTurn } from './decide-turn.ts'
import type { TurnCommand } from './turn.ts'

const OPERATORS = ['o1', 'o2', 'o3']
const PEOPLE = ['u1', 'u2', 'u3', 'u4', 'u5', 'v1', 'v2']

const operatorId = fc.constantFrom(...OPERATORS, 'unknown')
const sessionId = fc.constantFrom(...PEOPLE.flatMap(id => [1, 2, 3].map(n => `${id}#${n}`)))
const strategy = fc.constantFrom(null, ...STRATEGIES)
const perhapsOperator = fc.option(operatorId, { nil: null, freq: 4 })

/** Sessions are named after their person and the how-manieth start of it this is, so that commands hit them. */
const start = fc
  .record({
    userId: fc.constantFrom(...PEOPLE),
    n: fc.constantFrom(1, 2, 3),
    strategy,
    operatorId: perhapsOperator,
  })
  .map(({ userId, n, ...more }) => startOf(`${userId}#${n}`, userId, more))

const command: fc.Arbitrary<CommandBody> = fc.oneof(
  { weight: 6, arbitrary: start },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('end'), sessionId, reason: fc.constant(null) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('assign'), sessionId, operatorId: perhapsOperator, strategy }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('requeue'), sessionId }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('status'),
      operatorId,
      status: fc.constantFrom('online', 'online', 'busy', 'offline'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('limit'),
      operatorId,
      maxUsers: fc.option(fc.nat(3), { nil: null }),
      isActive: fc.constantFrom(null, true, false),
    }),
  },
  fc.record({ kind: fc.constant('connected'), operatorId }),
  fc.record({ kind: fc.constant('gone'), operatorId }),
  fc.record({
    kind: fc.constant('abandon'),
    sessionId,
    waitingAfterMs: fc.constant(10),
    idleAfterMs: fc.constant(10),
  }),
  fc.record({
    kind: fc.constant('identify'),
    visitorId: fc.constantFrom('v1', 'v2'),
    userId: fc.constantFrom('u1', 'u2', 'o1'),
    name: fc.constant(null),
  }),
  fc.constant({ kind: 'sweep' }),
) as fc.Arbitrary<CommandBody>

const system = { kind: 'system', id: null, actingFor: null } as const

/** A start of a session that is there already would be a store's mistake: ids are new. */
const isFresh = (desk: Desk, seen: Set<string>) => (body: CommandBody) =>
  body.kind !== 'start' ||
  (!desk.sessions.has(body.sessionId) && !seen.has(body.sessionId) && seen.add(body.sessionId))

function newDesk(): Desk {
  const desk = new Desk()
  for (const id of OPERATORS) desk.operator(id, { status: 'offline' })
  for (const id of PEOPLE) desk.roles.set(id, id.startsWith('v') ? 'visitor' : 'user')
  return desk
}

/** Connections come and go between turns. */
const step = fc.record({ commands: fc.array(command, { maxLength: 6 }), cut: fc.subarray(OPERATORS) })

function playOn(desk: Desk, { commands, cut }: { commands: CommandBody[]; cut: string[] }): TurnCommand[] {
  for (const id of OPERATORS) desk.change(id, { connected: !cut.includes(id) })
  for (const id of desk.sessions.keys()) {
    desk.idle.set(id, { connected: false, visitorGoneMs: id.length * 4, quietMs: 99 })
  }
  const fresh = commands.filter(isFresh(desk, new Set()))
  return fresh.map(body => by(system, body))
}

describe('decideTurn', () => {
  it('decides nothing over no commands', () => {
    const { outcomes, writes } = decideTurn(newDesk().view([]), [])
    expect(outcomes).toEqual([])
    expect(writes).toMatchObject({ sessions: [], created: [], changes: [], audits: [], queueCounter: 0 })
  })

  // Desk checks after every turn: A1 and S2 in the middle of the writes too, A2, A3, O3, S6, dense changes, and that
  // writes and outcomes say the same. It gives a turn only what `turnReads` and `queueDepth` ask for.
  it('[A1][A2][A3][S2][S6][S10][O3] keeps the rules over any commands', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), steps => {
        const desk = newDesk()
        for (const one of steps) desk.turn(playOn(desk, one))
      }),
      { numRuns: 600 },
    )
  })

  it('[A17] together is the same as one after the other', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        const together = newDesk()
        const apart = newDesk()
        for (const one of steps) {
          const commands = playOn(together, one)
          playOn(apart, one)
          const outcomes = together.turn(commands)
          const others = commands.flatMap(command => {
            apart.now = together.now - 10
            return apart.turn([command])
          })
          expect(others).toEqual(outcomes)
          apart.now = together.now
        }
        expect([...apart.sessions.values()].sort(byId)).toEqual([...together.sessions.values()].sort(byId))
        expect([...apart.operators.values()]).toEqual([...together.operators.values()])
        expect(apart.audits).toEqual(together.audits)
      }),
      { numRuns: 300 },
    )
  })

  it('[A18] a refused command changes nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), command, (steps, last) => {
        const desk = newDesk()
        for (const one of steps) desk.turn(playOn(desk, one))
        const [refusable] = playOn(desk, { commands: [last], cut: [] })
        if (!refusable) return
        desk.run({ kind: 'sweep' })
        const [outcome] = desk.turn([refusable])
        if (outcome?.kind !== 'refused') return
        expect(desk.last?.writes).toMatchObject({
          released: [],
          created: [],
          sessions: [],
          operators: [],
          changes: [],
          participants: [],
          identified: [],
          strategy: null,
          audits: [],
        })
      }),
      { numRuns: 300 },
    )
  })

  it('[A4][A5] whoever is taken from the queue was the first whom that operator may take', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.nat(11), { maxLength: 12 }), (count, ends) => {
        const desk = new Desk()
        desk.operator('o1', { maxUsers: 2 })
        for (let n = 0; n < count; n++) desk.start(`s${n}`)
        for (const n of ends) {
          const before = desk.queue()
          desk.run({ kind: 'end', sessionId: `s${n}`, reason: null })
          const taken = before.filter(id => desk.holder(id) === 'o1')
          expect(taken).toEqual(before.filter(id => id !== `s${n}`).slice(0, taken.length))
        }
      }),
    )
  })
})

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
