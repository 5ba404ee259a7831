import { beforeEach, describe, expect, it } from 'vitest'
import { Desk, person, startOf } from '../../../test/desk.ts'

let desk: Desk
beforeEach(() => {
  desk = new Desk()
})

describe('start', () => {
  it('[S2][S3] answers with the open session, unchanged', () => {
    desk.start('s1', { userId: 'u' })
    const before = desk.session('s1')
    expect(desk.start('s2', { userId: 'u', operatorId: 'unknown' })).toEqual({
      kind: 'done',
      sessionId: 's1',
      created: false,
      changes: [],
      operators: [],
      touched: [],
    })
    expect(desk.session('s1')).toEqual(before)
    expect(desk.sessions.size).toBe(1)
  })

  it('[S2] of ten starts that are decided together, one makes a session', () => {
    const starts = Array.from({ length: 10 }, (_, index) => startOf(`s${index}`, 'u'))
    expect(desk.run(...starts).map(outcome => outcome.kind === 'done' && outcome.sessionId)).toEqual(
      starts.map(() => 's0'),
    )
  })

  it('[S2] an ended one is no hindrance, in the same turn neither', () => {
    desk.run(startOf('s1', 'u'), { kind: 'end', sessionId: 's1', reason: null }, startOf('s2', 'u'))
    expect([desk.holder('s1'), desk.holder('s2')]).toEqual(['ended', 'waiting'])
  })

  it.each(['operator', 'admin', 'nurse', 'system'])('[S1] is not for the role %s', role => {
    desk.roles.set('u', role)
    expect(desk.start('s1', { userId: 'u' })).toEqual({ kind: 'refused', code: 'validation_failed' })
  })

  it('[A12] with a named operator who can take it', () => {
    desk.operator('ann')
    desk.operator('bob')
    desk.start('s1', { operatorId: 'bob' })
    expect(desk.holder('s1')).toBe('bob')
  })

  it.each([
    ['not_found', 'nobody'],
    ['no_operator_available', 'offline'],
    ['no_operator_available', 'busy'],
    ['operator_at_capacity', 'full'],
  ] as const)('[A12][A18] is %s for one who is %s, and makes nothing', (code, operatorId) => {
    desk.operator('offline', { status: 'offline' })
    desk.operator('busy', { status: 'busy' })
    desk.operator('full', { maxUsers: 0 })
    expect(desk.start('s1', { operatorId })).toEqual({ kind: 'refused', code })
    expect(desk.sessions.size).toBe(0)
    expect(desk.queueCounter).toBe(0)
  })

  it('[A19] is audited unless it is the customer’s own', () => {
    desk.one(startOf('s1', 'u1'), person('u1'))
    desk.one(startOf('s2', 'u2'), { kind: 'key', id: 'k', actingFor: 'u2' })
    desk.one(startOf('s3', 'u3'), person('ann'))
    expect(desk.audits.map(({ targetId }) => targetId)).toEqual(['s2', 's3'])
  })
})

describe('end', () => {
  const end = (sessionId: string, reason: string | null = null) =>
    ({ kind: 'end', sessionId, reason }) as const

  it('[S7] says when, by whom and why; a second end changes nothing', () => {
    desk.operator('ann')
    desk.start('s1')
    desk.one(end('s1', 'solved'), person('ann'))
    const ended = desk.session('s1')
    expect(ended).toMatchObject({
      status: 'ended',
      endedAt: desk.now,
      endedBy: 'ann',
      endReason: 'solved',
      lastChange: 2,
    })
    expect(desk.one(end('s1', 'again'), person('bob'))).toMatchObject({
      kind: 'done',
      sessionId: 's1',
      changes: [],
    })
    expect(desk.session('s1')).toEqual(ended)
  })

  it('[S7] by a key it was ended by the person the key acts for, or by nobody', () => {
    desk.start('s1')
    desk.start('s2')
    desk.one(end('s1'), { kind: 'key', id: 'k', actingFor: 'u' })
    desk.one(end('s2'), { kind: 'key', id: 'k', actingFor: null })
    expect([desk.session('s1').endedBy, desk.session('s2').endedBy]).toEqual(['u', null])
  })

  it('[S6] keeps its operator; the operator’s place is free', () => {
    desk.operator('ann', { maxUsers: 1 })
    desk.start('s1')
    desk.run(end('s1'))
    expect(desk.session('s1').operatorId).toBe('ann')
    expect(desk.op('ann').load).toBe(0)
    expect(desk.last?.writes.released).toEqual(['s1'])
  })

  it('a waiting one leaves the queue', () => {
    desk.start('s1')
    desk.start('s2')
    desk.run(end('s1'))
    expect(desk.queue()).toEqual(['s2'])
  })

  it('[S8] a private session does not end', () => {
    const open = { ...base(), id: 'p', type: 'private', status: 'active' } as const
    desk.sessions.set('p', open)
    expect(desk.one(end('p'))).toEqual({ kind: 'refused', code: 'conflict' })
    expect(desk.one(end('nothing'))).toEqual({ kind: 'refused', code: 'not_found' })
  })
})

describe('abandon', () => {
  const abandon = { kind: 'abandon', sessionId: 's1', waitingAfterMs: 600, idleAfterMs: 1800 } as const

  it.each([
    ['waiting, its visitor gone long enough', false, { visitorGoneMs: 600, quietMs: 0 }, 'ended'],
    ['waiting, its visitor gone too short', false, { visitorGoneMs: 599, quietMs: 9999 }, 'waiting'],
    ['active, gone and quiet', true, { visitorGoneMs: 1800, quietMs: 1800 }, 'ended'],
    ['active, gone, but somebody wrote', true, { visitorGoneMs: 9999, quietMs: 1799 }, 'ann'],
    ['active, quiet, but just gone', true, { visitorGoneMs: 1799, quietMs: 9999 }, 'ann'],
  ])('[S15] %s', (_, taken, idle, expected) => {
    if (taken) desk.operator('ann')
    desk.start('s1')
    desk.idle.set('s1', { connected: false, ...idle })
    desk.run(abandon)
    expect(desk.holder('s1')).toBe(expected)
    if (expected === 'ended')
      expect(desk.session('s1')).toMatchObject({ endReason: 'abandoned', endedBy: null })
  })

  it('[S15] nobody abandons who is connected', () => {
    desk.start('s1')
    desk.idle.set('s1', { connected: true, visitorGoneMs: 9999, quietMs: 9999 })
    desk.run(abandon)
    expect(desk.holder('s1')).toBe('waiting')
  })

  it('[S15] 0 turns it off', () => {
    desk.start('s1')
    desk.idle.set('s1', { connected: false, visitorGoneMs: 9999, quietMs: 9999 })
    desk.run({ ...abandon, waitingAfterMs: 0 })
    expect(desk.holder('s1')).toBe('waiting')
  })
})

const base = () => ({
  userId: null,
  operatorId: null,
  avoidOperatorId: null,
  strategy: null,
  queueNo: null,
  returned: false,
  waitingSince: null,
  assignedAt: null,
  endedAt: null,
  endedBy: null,
  endReason: null,
  lastChange: 0,
})
