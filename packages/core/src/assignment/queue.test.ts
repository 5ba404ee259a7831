import { beforeEach, describe, expect, it } from 'vitest'
import { Desk } from '../../test/desk.ts'

let desk: Desk
beforeEach(() => {
  desk = new Desk()
})

const startAll = (...ids: string[]) => ids.map(id => desk.start(id))

describe('the queue', () => {
  it('[S4] a session that is taken in the same step has been waiting since its start, and its assignment is change 1', () => {
    desk.operator('ann')
    expect(desk.start('s1')).toMatchObject({
      created: true,
      sessionId: 's1',
      touched: ['s1'],
      operators: ['ann'],
    })
    expect(desk.session('s1')).toMatchObject({
      waitingSince: desk.now,
      assignedAt: desk.now,
      lastChange: 1,
      queueNo: 1,
    })
    expect(desk.last?.writes.created[0]?.state).toEqual(desk.session('s1'))
  })

  it('[A1][A3] gives away every place and none more', () => {
    desk.operator('ann')
    desk.operator('bob', { maxUsers: 1 })
    startAll('s1', 's2', 's3', 's4', 's5')
    expect(['s1', 's2', 's3'].map(id => desk.session(id).status)).toEqual(['active', 'active', 'active'])
    expect(desk.queue()).toEqual(['s4', 's5'])
  })

  it.each([
    ['busy', { status: 'busy' }],
    ['offline', { status: 'offline' }],
    ['inactive', { status: 'offline', isActive: false }],
    ['full', { maxUsers: 0 }],
  ] as const)('[A3] does not give to one who is %s', (_, state) => {
    desk.operator('ann', state)
    desk.start('s1')
    expect(desk.queue()).toEqual(['s1'])
  })

  it('[A3] does not give a customer to itself', () => {
    desk.start('s1', { userId: 'promoted' })
    desk.operator('promoted', { status: 'offline' })
    desk.run({ kind: 'status', operatorId: 'promoted', status: 'online' })
    expect(desk.queue()).toEqual(['s1'])
  })

  it('[A4][A16] an end brings the one who has waited longest', () => {
    desk.operator('ann', { maxUsers: 1 })
    startAll('s1', 's2', 's3')
    const [outcome] = desk.run({ kind: 'end', sessionId: 's1', reason: null })
    expect(desk.holder('s2')).toBe('ann')
    expect(outcome).toMatchObject({
      sessionId: 's1',
      operators: ['ann'],
      changes: [
        { sessionId: 's1', what: { kind: 'ended' } },
        {
          sessionId: 's2',
          change: 1,
          what: { kind: 'assigned', operatorId: 'ann', previousOperatorId: null },
        },
      ],
    })
  })

  it('[A4] those that came back go first, among them the one who waited first', () => {
    desk.operator('ann', { maxUsers: 3 })
    startAll('s1', 's2', 's3', 's4')
    desk.run({ kind: 'requeue', sessionId: 's3' }, { kind: 'requeue', sessionId: 's1' })
    expect(desk.queue()).toEqual(['s1', 's3'])
    expect(desk.holder('s4')).toBe('ann')
    expect(desk.session('s1').waitingSince).toBeLessThan(desk.session('s3').waitingSince ?? 0)
  })

  it('[A5][A10] one whom no free operator may take is passed over and keeps its place', () => {
    desk.operator('ann', { maxUsers: 1 })
    startAll('s1', 's2', 's3')
    desk.run({ kind: 'requeue', sessionId: 's1' })
    expect(desk.holder('s2')).toBe('ann')
    expect(desk.queue()).toEqual(['s1', 's3'])
    desk.run({ kind: 'end', sessionId: 's2', reason: null })
    expect(desk.holder('s3')).toBe('ann')
    expect(desk.queue()).toEqual(['s1'])
    desk.operator('bob')
    desk.run({ kind: 'sweep' })
    expect(desk.holder('s1')).toBe('bob')
    expect(desk.session('s1')).toMatchObject({ returned: false, avoidOperatorId: null })
  })

  it('[A10] a session handed back by the next operator may go to the first one again', () => {
    desk.operator('ann')
    desk.start('s1')
    desk.operator('bob')
    desk.run({ kind: 'requeue', sessionId: 's1' })
    expect(desk.holder('s1')).toBe('bob')
    desk.run({ kind: 'requeue', sessionId: 's1' })
    expect(desk.holder('s1')).toBe('ann')
  })

  it('[S5] keeps the time of the first assignment', () => {
    desk.operator('ann')
    desk.start('s1')
    const { assignedAt } = desk.session('s1')
    desk.operator('bob')
    desk.run({ kind: 'requeue', sessionId: 's1' })
    expect(desk.session('s1').assignedAt).toBe(assignedAt)
  })
})

describe('strategies', () => {
  const takers = (count: number) => {
    const ids = Array.from({ length: count }, (_, index) => `s${index}`)
    startAll(...ids)
    return ids.map(id => desk.holder(id))
  }

  it('[A6] least-busy: the lowest share of the limit', () => {
    desk.operator('ann', { maxUsers: 4 })
    desk.operator('bob', { maxUsers: 2 })
    expect(takers(6)).toEqual(['ann', 'bob', 'ann', 'bob', 'ann', 'ann'])
  })

  it('[A6] least-busy: of equals the one whose last assignment is longest ago, never first', () => {
    desk.operator('ann', { lastAssignedAt: 500 })
    desk.operator('bob', { lastAssignedAt: 400 })
    desk.operator('cem')
    expect(takers(3)).toEqual(['cem', 'bob', 'ann'])
  })

  it('[A7] round-robin: in turn, however busy', () => {
    desk.strategy = 'round-robin'
    desk.operator('ann', { maxUsers: 9 })
    desk.operator('bob', { maxUsers: 2 })
    desk.operator('cem', { maxUsers: 9 })
    expect(takers(7)).toEqual(['ann', 'bob', 'cem', 'ann', 'bob', 'cem', 'ann'])
  })

  it('[A8] goes round within one moment too, and no two assignments bear the same time', () => {
    desk.strategy = 'round-robin'
    for (const id of ['zoe', 'ann', 'moe']) desk.operator(id, { maxUsers: 9, status: 'offline' })
    startAll('s1', 's2', 's3', 's4', 's5', 's6')
    desk.run(
      ...['zoe', 'ann', 'moe'].map(operatorId => ({ kind: 'status', operatorId, status: 'busy' }) as const),
    )
    for (const id of ['zoe', 'ann', 'moe']) desk.change(id, { status: 'online' })
    desk.run({ kind: 'sweep' })
    expect(['s1', 's2', 's3', 's4', 's5', 's6'].map(id => desk.holder(id))).toEqual([
      'zoe',
      'ann',
      'moe',
      'zoe',
      'ann',
      'moe',
    ])
    const times = ['zoe', 'ann', 'moe'].map(id => desk.op(id).lastAssignedAt)
    expect(times).toEqual([desk.now + 3, desk.now + 4, desk.now + 5])
  })

  it('[A9] the session’s own strategy counts before the site’s', () => {
    desk.operator('ann', { maxUsers: 10, load: 0, lastAssignedAt: 900 })
    desk.operator('bob', { maxUsers: 2 })
    desk.start('s1')
    desk.start('s2', { strategy: 'round-robin' })
    expect(desk.holder('s1')).toBe('bob')
    desk.start('s3', { strategy: 'least-busy' })
    desk.start('s4', { strategy: 'round-robin' })
    expect([desk.holder('s2'), desk.holder('s3'), desk.holder('s4')]).toEqual(['ann', 'ann', 'bob'])
  })

  it('the site’s strategy can be changed, and is audited', () => {
    desk.operator('ann')
    desk.run({ kind: 'strategy', strategy: 'round-robin' }, { kind: 'strategy', strategy: 'round-robin' })
    expect(desk.strategy).toBe('round-robin')
    expect(desk.audits.map(({ action }) => action)).toEqual(['site.strategy'])
  })
})
