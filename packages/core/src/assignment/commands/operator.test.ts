import type { OperatorStatus } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { Desk } from '../../../test/desk.ts'

let desk: Desk
beforeEach(() => {
  desk = new Desk()
})

const status = (operatorId: string, value: OperatorStatus) =>
  ({ kind: 'status', operatorId, status: value }) as const
const limit = (operatorId: string, maxUsers: number | null, isActive: boolean | null = null) =>
  ({ kind: 'limit', operatorId, maxUsers, isActive }) as const
const refusal = (code: string) => ({ kind: 'refused', code })

describe('status', () => {
  it('[O2] counts at once, connection or not, and is kept as chosen', () => {
    desk.operator('ann', { status: 'offline', connected: false })
    desk.start('s1')
    expect(desk.one(status('ann', 'online'))).toMatchObject({ sessionId: null, operators: ['ann'] })
    expect(desk.op('ann')).toMatchObject({ status: 'online', chosenStatus: 'online' })
    expect(desk.holder('s1')).toBe('ann')
  })

  it('[O3] busy keeps its own and gets no new ones', () => {
    desk.operator('ann')
    desk.start('s1')
    desk.run(status('ann', 'busy'))
    desk.start('s2')
    expect([desk.holder('s1'), desk.holder('s2')]).toEqual(['ann', 'waiting'])
  })

  it('[O3][A11] offline gives its sessions back at once, in their order and avoiding nobody', () => {
    desk.operator('ann')
    desk.start('s1')
    desk.start('s2')
    desk.start('s3')
    desk.operator('bob', { maxUsers: 1 })
    desk.run(status('ann', 'offline'))
    expect(desk.holder('s1')).toBe('bob')
    expect(desk.queue()).toEqual(['s2', 's3'])
    desk.run(status('ann', 'online'))
    expect([desk.holder('s2'), desk.holder('s3')]).toEqual(['ann', 'ann'])
  })

  it('[O7] an inactive operator can choose offline only; an unknown one nothing', () => {
    desk.operator('ann', { status: 'offline', isActive: false })
    expect(
      desk.run(status('ann', 'online'), status('ann', 'offline'), status('bob', 'online')),
    ).toMatchObject([refusal('conflict'), { kind: 'done' }, refusal('not_found')])
  })

  it('the same again writes nothing', () => {
    desk.operator('ann')
    desk.run(status('ann', 'online'))
    desk.run(status('ann', 'online'))
    expect(desk.last?.writes.operators).toEqual([])
    expect(desk.audits).toHaveLength(1)
  })
})

describe('limit', () => {
  it('[O6] below the load is conflict, at it is not', () => {
    desk.operator('ann', { maxUsers: 3 })
    desk.start('s1')
    desk.start('s2')
    expect(desk.run(limit('ann', 1), limit('ann', 2), limit('bob', 1))).toMatchObject([
      refusal('conflict'),
      { kind: 'done', operators: ['ann'] },
      refusal('not_found'),
    ])
    expect(desk.op('ann').maxUsers).toBe(2)
  })

  it('[O6] a higher one takes from the queue', () => {
    desk.operator('ann', { maxUsers: 0 })
    for (const id of ['s1', 's2', 's3', 's4']) desk.start(id)
    desk.run(limit('ann', 3))
    expect(desk.queue()).toEqual(['s4'])
  })

  it('[O7][A11] inactive: offline, its sessions back, whatever the new limit', () => {
    desk.operator('ann')
    desk.start('s1')
    desk.run(limit('ann', 0, false))
    expect(desk.op('ann')).toMatchObject({ status: 'offline', isActive: false, maxUsers: 0, load: 0 })
    expect(desk.queue()).toEqual(['s1'])
  })

  it('[O7] active again: back if it is connected, as it chose', () => {
    desk.operator('ann', { chosenStatus: 'busy', status: 'busy' })
    desk.operator('bob', { connected: false })
    desk.run(limit('ann', null, false), limit('bob', null, false))
    desk.run(limit('ann', null, true), limit('bob', null, true))
    expect([desk.op('ann').status, desk.op('bob').status]).toEqual(['busy', 'offline'])
  })

  it('the same again writes nothing', () => {
    desk.operator('ann')
    desk.run(limit('ann', 2, true))
    expect(desk.last?.writes.operators).toEqual([])
    expect(desk.audits).toEqual([])
  })
})

describe('connected', () => {
  const connected = { kind: 'connected', operatorId: 'ann' } as const

  it.each([
    ['a new one: online', { status: 'offline' }, 'online'],
    ['gone while online by choice', { status: 'offline', chosenStatus: 'online' }, 'online'],
    ['gone while busy', { status: 'offline', chosenStatus: 'busy' }, 'busy'],
    ['chose offline', { status: 'offline', chosenStatus: 'offline' }, 'offline'],
    ['still there', { status: 'busy', chosenStatus: 'busy' }, 'busy'],
    ['inactive', { status: 'offline', isActive: false }, 'offline'],
    ['gone again meanwhile', { status: 'offline', connected: false }, 'offline'],
  ] as const)('[O4] %s', (_, state, expected) => {
    desk.operator('ann', state)
    const chosen = desk.op('ann').chosenStatus
    desk.run(connected)
    expect(desk.op('ann')).toMatchObject({ status: expected, chosenStatus: chosen })
    expect(desk.audits).toEqual([])
  })

  it('[O4] of somebody who is no operator changes nothing', () => {
    expect(desk.one(connected)).toMatchObject({ kind: 'done', operators: [] })
  })
})

describe('gone', () => {
  it('[O5][A11] offline, its sessions to the head of the queue, its choice kept', () => {
    desk.operator('ann', { chosenStatus: 'busy' })
    desk.start('s1')
    desk.start('s2')
    desk.start('s3')
    desk.change('ann', { connected: false })
    desk.run({ kind: 'gone', operatorId: 'ann' })
    expect(desk.op('ann')).toMatchObject({ status: 'offline', chosenStatus: 'busy' })
    expect(desk.queue()).toEqual(['s1', 's2', 's3'])
    expect(desk.session('s1').avoidOperatorId).toBeNull()
  })

  it('[O5] does not count for one who is back', () => {
    desk.operator('ann')
    desk.start('s1')
    desk.run({ kind: 'gone', operatorId: 'ann' })
    expect(desk.holder('s1')).toBe('ann')
  })
})
