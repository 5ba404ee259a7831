import { beforeEach, describe, expect, it } from 'vitest'
import { Desk, person, startOf } from '../../../test/desk.ts'

let desk: Desk
beforeEach(() => {
  desk = new Desk()
  desk.roles.set('v', 'visitor')
  desk.roles.set('u', 'user')
})

const identify = { kind: 'identify', visitorId: 'v', userId: 'u', name: 'Uma' } as const
const byVisitor = { userId: 'v', userType: 'visitor' } as const

describe('identify', () => {
  it('[I7][I9] the open session goes to the user as one change of participants, which says who is who', () => {
    desk.operator('ann')
    desk.start('s1', byVisitor)
    expect(desk.one(identify, person('v'))).toMatchObject({
      sessionId: 's1',
      changes: [
        {
          sessionId: 's1',
          change: 2,
          what: {
            kind: 'participants',
            added: ['u'],
            removed: ['v'],
            identified: { visitorId: 'v', userId: 'u' },
          },
        },
      ],
    })
    expect(desk.session('s1')).toMatchObject({ userId: 'u', status: 'active', operatorId: 'ann' })
    expect(desk.last?.writes.identified).toEqual([
      { sessionId: 's1', visitorId: 'v', userId: 'u', name: 'Uma', change: 2 },
    ])
    expect(desk.start('s2', { userId: 'u' })).toMatchObject({ sessionId: 's1', created: false })
    expect(desk.start('s3', byVisitor)).toMatchObject({ sessionId: 's3', created: true })
  })

  it('[I7] the user’s own open session stays, the visitor’s ends first', () => {
    desk.operator('ann')
    desk.start('s1', byVisitor)
    desk.start('s2', { userId: 'u' })
    expect(desk.one(identify)).toMatchObject({
      sessionId: 's2',
      changes: [
        { sessionId: 's1', what: { kind: 'ended', endedBy: null, reason: 'merged' } },
        { sessionId: 's1', what: { kind: 'participants', added: ['u'], removed: ['v'] } },
      ],
    })
    expect(desk.session('s1')).toMatchObject({ status: 'ended', userId: 'u' })
    expect(desk.op('ann').load).toBe(1)
  })

  it('[I7] a session that the same turn makes is made as the user’s', () => {
    desk.run(startOf('s1', 'v', { userType: 'visitor', userName: 'Visitor' }), identify)
    expect(desk.last?.writes.identified).toEqual([])
    expect(desk.last?.writes.created).toMatchObject([{ userId: 'u', userType: 'user', userName: 'Uma' }])
  })

  it('[I7][S2] the visitor may start anew in the same turn', () => {
    desk.operator('ann')
    desk.start('s1', byVisitor)
    desk.run(identify, startOf('s2', 'v', { userType: 'visitor' }))
    expect([desk.session('s1').userId, desk.session('s2').userId]).toEqual(['u', 'v'])
  })

  it.each([
    ['a user', 'v', 'user'],
    ['staff', 'v', 'operator'],
    ['to staff', 'u', 'operator'],
    ['to a visitor', 'u', 'visitor'],
  ])('[I8] never moves anybody else’s session: %s', (_, id, role) => {
    desk.start('s1', byVisitor)
    desk.roles.set(id, role)
    expect(desk.one(identify)).toEqual({ kind: 'refused', code: 'forbidden' })
    expect(desk.session('s1').userId).toBe('v')
  })

  it('[I8] changes nothing without an open session, or for the same id', () => {
    expect(desk.one(identify)).toMatchObject({ kind: 'done', changes: [] })
    desk.start('s1', byVisitor)
    expect(desk.one({ ...identify, userId: 'v' })).toMatchObject({ kind: 'done', changes: [] })
  })
})
