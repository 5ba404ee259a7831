import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SessionUncheckedCreateInput } from '../../generated/prisma/models.ts'
import type { Database } from './connect.ts'
import { testDatabases } from './testing.ts'

describe.each(testDatabases)('the database itself, on $name,', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await db.prisma.site.create({ data: { id: 'default', name: 'Parley', identitySecret: 'x' } })
    for (const id of ['ada', 'ben']) {
      await db.prisma.user.create({ data: { siteId: 'default', id, role: 'operator' } })
      await db.prisma.operator.create({ data: { siteId: 'default', userId: id, name: id, maxUsers: 2 } })
    }
  })
  beforeEach(async () => {
    await db.prisma.session.deleteMany()
    await db.prisma.message.deleteMany()
  })
  afterAll(() => db.close())

  const start = (data: Partial<SessionUncheckedCreateInput> & { id: string }) =>
    db.prisma.session.create({
      data: { siteId: 'default', type: 'support', status: 'waiting', userId: data.id, queueNo: 1n, ...data },
    })
  const active = (id: string, operatorId: string) => start({ id, status: 'active', operatorId })
  const end = (id: string) =>
    db.prisma.session.update({ where: { id }, data: { status: 'ended', endedAt: new Date() } })
  const give = (id: string, operatorId: string) =>
    db.prisma.session.update({ where: { id }, data: { status: 'active', operatorId } })
  const loads = async () =>
    Object.fromEntries((await db.prisma.operator.findMany()).map(({ userId, load }) => [userId, load]))
  const brokenRule = (name: string) => ({ message: expect.stringContaining(name) })

  describe('lets a visitor have', () => {
    test('one open support session', async () => {
      await start({ id: 'first', userId: 'vera' })
      await expect(start({ id: 'second', userId: 'vera' })).rejects.toMatchObject({ code: 'P2002' })
      await expect(
        start({ id: 'third', userId: 'vera', status: 'active', operatorId: 'ada' }),
      ).rejects.toMatchObject({ code: 'P2002' })
    })

    test('another when that one has ended, and any number that have', async () => {
      for (const id of ['first', 'second', 'third']) {
        await start({ id, userId: 'vera' })
        await end(id)
      }
      expect(await db.prisma.session.count({ where: { userId: 'vera' } })).toBe(3)
    })

    test('one even when two are started at the same moment', async () => {
      const answers = await Promise.allSettled(
        [1, 2, 3, 4].map(n => start({ id: `at once ${n}`, userId: 'vera' })),
      )
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })
  })

  describe('counts an operator’s load', () => {
    test('with every start, transfer, return, end and removal', async () => {
      await active('a', 'ada')
      await start({ id: 'b' })
      expect(await loads()).toEqual({ ada: 1, ben: 0 })
      await give('b', 'ada')
      expect(await loads()).toEqual({ ada: 2, ben: 0 })
      await give('b', 'ben')
      expect(await loads()).toEqual({ ada: 1, ben: 1 })
      await db.prisma.session.update({
        where: { id: 'b' },
        data: { status: 'waiting', operatorId: null, queueNo: 2n },
      })
      expect(await loads()).toEqual({ ada: 1, ben: 0 })
      await end('a')
      expect(await loads()).toEqual({ ada: 0, ben: 0 })
      await active('c', 'ben')
      await db.prisma.session.delete({ where: { id: 'c' } })
      expect(await loads()).toEqual({ ada: 0, ben: 0 })
    })

    test('of support sessions only, and not for what changes nothing', async () => {
      await active('a', 'ada')
      await db.prisma.session.update({
        where: { id: 'a' },
        data: { operatorId: 'ada', status: 'active', lastSeq: 1, lastChange: 1 },
      })
      await start({ id: 'g', type: 'group', userId: null, status: 'active', operatorId: 'ada' })
      expect(await loads()).toEqual({ ada: 1, ben: 0 })
    })

    test('and lets it pass the limit on no path', async () => {
      await active('a', 'ada')
      await active('b', 'ada')
      const full = brokenRule('operators_load_within_limit')
      await expect(active('c', 'ada')).rejects.toMatchObject(full)
      await start({ id: 'w' })
      await expect(give('w', 'ada')).rejects.toMatchObject(full)
      await expect(
        db.pool.query(`UPDATE operators SET max_users = 1 WHERE user_id = 'ada'`),
      ).rejects.toMatchObject({
        code: '23514',
        constraint: 'operators_load_within_limit',
      })
      expect(await loads()).toEqual({ ada: 2, ben: 0 })
    })

    test('nor in a race', async () => {
      for (let n = 0; n < 10; n++) await start({ id: `r${n}` })
      const answers = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => give(`r${n}`, 'ben')))
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
      expect(await loads()).toEqual({ ada: 0, ben: 2 })
    })
  })

  describe('refuses', () => {
    const refused: [what: string, data: Partial<SessionUncheckedCreateInput>, rule: string][] = [
      ['a waiting session that has an operator', { operatorId: 'ada' }, 'sessions_waiting_is_in_queue'],
      ['a waiting session without a number', { queueNo: null }, 'sessions_waiting_is_in_queue'],
      ['an active one without an operator', { status: 'active' }, 'sessions_active_support_has_operator'],
      ['an ended one without its time', { status: 'ended' }, 'sessions_ended_has_time'],
      ['an open one that has the time of an end', { endedAt: new Date() }, 'sessions_ended_has_time'],
      ['a support session of nobody', { userId: null }, 'sessions_support_has_user'],
      ['a private session of somebody', { type: 'private', status: 'active' }, 'sessions_support_has_user'],
      ['a private one that waits', { type: 'private', userId: null }, 'sessions_only_support_waits_or_ends'],
      [
        'a group that ends',
        { type: 'group', userId: null, status: 'ended', endedAt: new Date() },
        'sessions_only_support_waits_or_ends',
      ],
      ['more messages than changes', { lastSeq: 2, lastChange: 1 }, 'sessions_numbers_not_negative'],
      [
        'an operator that is none',
        { status: 'active', operatorId: 'nobody' },
        'sessions_site_id_operator_id_fkey',
      ],
      ['a site that is none', { siteId: 'nowhere' }, 'sessions_site_id_fkey'],
    ]
    test.each(refused)('%s', async (_what, data, rule) => {
      await expect(start({ id: 'x', ...data })).rejects.toMatchObject(brokenRule(rule))
    })

    test('a second private session of the same two', async () => {
      const two = { type: 'private', status: 'active', userId: null, pairKey: 'ann:bob' } as const
      await start({ id: 'p1', ...two })
      await expect(start({ id: 'p2', ...two })).rejects.toMatchObject({ code: 'P2002' })
    })

    test('a number, a change or a clientMessageId that is taken', async () => {
      const message = { siteId: 'default', sessionId: 's', senderId: 'vera', senderType: 'user' } as const
      const send = (id: string, seq: number, change: number, clientMessageId: string | null = null) =>
        db.prisma.message.create({
          data: { ...message, id, seq, change, createdChange: change, clientMessageId },
        })
      await send('m1', 1, 1, 'c1')
      await send('m2', 2, 3, null)
      await send('m3', 3, 4, null)
      await expect(send('m4', 3, 5)).rejects.toMatchObject({ code: 'P2002' })
      await expect(send('m4', 4, 3)).rejects.toMatchObject({ code: 'P2002' })
      await expect(send('m4', 4, 5, 'c1')).rejects.toMatchObject({ code: 'P2002' })
      await expect(send('m4', 0, 5)).rejects.toMatchObject(brokenRule('messages_numbers_from_one'))
    })
  })
})
