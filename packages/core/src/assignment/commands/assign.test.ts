import type { Strategy } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { Desk, person } from '../../../test/desk.ts'

let desk: Desk
beforeEach(() => {
  desk = new Desk()
  desk.operator('ann', { maxUsers: 1 })
  desk.operator('bob', { maxUsers: 1, status: 'busy' })
})

const assign = (sessionId: string, operatorId: string | null, strategy: Strategy | null = null) =>
  ({ kind: 'assign', sessionId, operatorId, strategy }) as const
const refusal = (code: string) => ({ kind: 'refused', code })

describe('assign', () => {
  it('[A13][S10] a transfer is one change, frees the one and fills the other', () => {
    desk.start('s1')
    desk.start('s2')
    desk.change('bob', { status: 'online', maxUsers: 2 })
    const outcome = desk.one(assign('s1', 'bob'), person('ann'))
    expect(outcome).toMatchObject({
      sessionId: 's1',
      changes: [
        {
          sessionId: 's1',
          change: 2,
          what: { kind: 'assigned', operatorId: 'bob', previousOperatorId: 'ann' },
        },
        { sessionId: 's2', change: 1, what: { kind: 'assigned', operatorId: 'ann' } },
      ],
    })
    expect(desk.last?.writes.released).toEqual(['s1'])
    expect(desk.audits).toMatchObject([
      { action: 'session.start' },
      { action: 'session.start' },
      { action: 'session.assign' },
    ])
  })

  it('[A13] to the operator who holds it is a success that changes nothing, even if it is busy', () => {
    desk.start('s1')
    desk.run({ kind: 'status', operatorId: 'ann', status: 'busy' })
    expect(desk.one(assign('s1', 'ann'))).toMatchObject({ kind: 'done', changes: [], operators: [] })
  })

  it.each([
    ['not_found', 'nobody'],
    ['no_operator_available', 'bob'],
    ['operator_at_capacity', 'cem'],
  ])('[A13][A18] is %s, and nothing changes', (code, operatorId) => {
    desk.start('s1')
    desk.operator('cem', { maxUsers: 0 })
    expect(desk.one(assign('s1', operatorId))).toEqual(refusal(code))
    expect(desk.holder('s1')).toBe('ann')
  })

  it('[A10][A13] by hand a session goes to the operator it avoids', () => {
    desk.start('s1')
    desk.run({ kind: 'requeue', sessionId: 's1' })
    expect(desk.holder('s1')).toBe('waiting')
    expect(desk.one(assign('s1', null))).toEqual(refusal('no_operator_available'))
    desk.run(assign('s1', 'ann'))
    expect(desk.holder('s1')).toBe('ann')
  })

  it('[A13] an operator is never given itself as a customer', () => {
    desk.start('s1', { userId: 'promoted' })
    desk.operator('promoted')
    expect(desk.one(assign('s1', 'promoted'))).toEqual(refusal('conflict'))
  })

  it('[A14] without a name another than the present one is picked, or none', () => {
    desk.start('s1')
    desk.change('ann', { maxUsers: 5 })
    expect(desk.one(assign('s1', null))).toEqual(refusal('no_operator_available'))
    expect(desk.holder('s1')).toBe('ann')
    desk.change('bob', { status: 'online' })
    desk.run(assign('s1', null))
    expect(desk.holder('s1')).toBe('bob')
  })

  it('[A9] the strategy of the command is for this decision', () => {
    desk.start('s1')
    desk.operator('cem', { maxUsers: 10, lastAssignedAt: 2_000_000 })
    desk.operator('dee', { maxUsers: 2, lastAssignedAt: 1 })
    desk.start('s2', { operatorId: 'dee' })
    desk.change('cem', { lastAssignedAt: 3_000_000 })
    desk.run(assign('s1', null, 'round-robin'))
    expect(desk.holder('s1')).toBe('dee')
    expect(desk.session('s1').strategy).toBeNull()
  })

  it('[A15] an ended one is session_ended; private ones are conflict', () => {
    desk.start('s1')
    desk.run({ kind: 'end', sessionId: 's1', reason: null })
    expect(desk.run(assign('s1', 'ann'), { kind: 'requeue', sessionId: 's1' })).toEqual([
      refusal('session_ended'),
      refusal('session_ended'),
    ])
    desk.sessions.set('p', {
      ...desk.session('s1'),
      id: 'p',
      type: 'group',
      status: 'active',
      operatorId: null,
    })
    expect(desk.run(assign('p', 'ann'), { kind: 'requeue', sessionId: 'p' })).toEqual([
      refusal('conflict'),
      refusal('conflict'),
    ])
    expect(desk.one(assign('none', 'ann'))).toEqual(refusal('not_found'))
  })
})

describe('requeue', () => {
  it('[A10][A16] hands back to the head, and the operator’s place goes to the next', () => {
    desk.start('s1')
    desk.start('s2')
    expect(desk.one({ kind: 'requeue', sessionId: 's1' })).toMatchObject({
      changes: [
        { sessionId: 's1', what: { kind: 'waiting', previousOperatorId: 'ann' } },
        { sessionId: 's2', what: { kind: 'assigned', operatorId: 'ann' } },
      ],
    })
    expect(desk.session('s1')).toMatchObject({ avoidOperatorId: 'ann', returned: true })
  })

  it('[A15] one that waits already stays as it is', () => {
    desk.start('s1')
    desk.start('s2')
    const before = desk.session('s2')
    desk.run({ kind: 'requeue', sessionId: 's2' })
    expect(desk.session('s2')).toEqual(before)
  })
})
