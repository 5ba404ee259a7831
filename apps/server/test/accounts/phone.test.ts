import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import type { Handover, Text } from '../../src/features/phone/index.ts'
import { anyone, HOUR, type World, world, worldForEach } from './world.ts'

const MINUTE = 60_000
const PHONE = '+8613800138000'
const OTHER = '+8613900139000'
const wrong = { code: 'unauthorized', params: { reason: 'code' } }
const SENT: Handover = { kind: 'sent' }
const REFUSED: Handover = { kind: 'refused', cause: new Error('no') }
const UNANSWERED: Handover = { kind: 'unanswered', cause: new Error('hm') }

describe.each(testDatabases)('accounts by phone, on $name', ({ open }) => {
  let server: World
  let texts: Text[]
  let provider: (text: Text) => Handover | Promise<Handover>
  const options = () => {
    texts = []
    provider = () => SENT
    const sms = {
      async send(text: Text) {
        texts.push(text)
        return await provider(text)
      },
    }
    return { sms, environment: { defaultRegion: 'CN', codeLimitPerHour: 8 } }
  }
  worldForEach(
    open,
    made => {
      server = made
    },
    options,
  )

  const send = (phone = PHONE, address = '192.0.2.1', locale: 'en' | 'zh' = 'en') =>
    server.call('auth.send-code', anyone, { phone }, { address, locale })
  const verify = (code: string, phone = PHONE, nickname?: string) =>
    server.call('auth.verify-code', anyone, { phone, code, ...(nickname && { nickname }) })
  const lastCode = () => texts.at(-1)?.code ?? ''
  const newCode = async (phone = PHONE) => {
    await send(phone)
    return lastCode()
  }
  const anotherThan = (code: string, n = 1) => String((Number(code) + n) % 1_000_000).padStart(6, '0')
  const waits = (seconds: number) => ({ code: 'rate_limited', params: { seconds } })
  const login = async (phone = PHONE, nickname?: string) => verify(await newCode(phone), phone, nickname)
  const codes = () => server.database.prisma.phoneCode.findMany({ where: { siteId: server.siteId } })

  it('[L1] are opened by a code sent to the number, made with the first, and the same one after', async () => {
    expect(await send()).toEqual({ expiresIn: 300, retryAfter: 60 })
    expect(texts).toMatchObject([{ to: PHONE, at: new Date(server.clock.now()).toISOString() }])
    expect(lastCode()).toMatch(/^\d{6}$/)
    expect(texts[0]?.text).toContain(lastCode())
    const first = await verify(lastCode(), PHONE, 'Wei')
    expect(first).toMatchObject({ isNewUser: true, expiresIn: 3600 })
    expect(first.user).toMatchObject({ phone: PHONE, nickname: 'Wei', role: 'user', realName: null })
    expect(await server.identify({ bearer: first.token })).toMatchObject({
      userId: first.user.id,
      role: 'user',
      name: 'Wei',
    })
    server.clock.pass(MINUTE)
    const again = await login(PHONE, 'Somebody')
    expect(again).toMatchObject({ isNewUser: false, user: { id: first.user.id, nickname: 'Wei' } })
    expect(again.refreshToken).not.toBe(first.refreshToken)
  })

  it('[L2] are one for all the ways to write a number', async () => {
    const { user } = await login('138 0013-8000')
    expect(user.phone).toBe(PHONE)
    server.clock.pass(MINUTE)
    for (const phone of ['+86 138 0013 8000', '008613800138000', '１３８００１３８０００'])
      await expect(verify('000000', phone)).rejects.toMatchObject(wrong)
    expect((await login('+86 (138) 0013-8000')).user.id).toBe(user.id)
  })

  it.each([
    '12345',
    '+0123456789',
    '+999123456',
    '+86138001380001234',
    '+861012345678',
    '+18005551234',
    '+19005551234',
  ])('[L2] take no %s', async phone => {
    const refused = { code: 'validation_failed', details: [{ path: 'phone' }] }
    await expect(send(phone)).rejects.toMatchObject(refused)
    await expect(verify('123456', phone)).rejects.toMatchObject(refused)
    expect(texts).toEqual([])
  })

  it('[L3] take a code once', async () => {
    const code = await newCode()
    await verify(code)
    await expect(verify(code)).rejects.toMatchObject(wrong)
  })

  it('[L3] let one of many in who bring the right code at once', async () => {
    const code = await newCode()
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => verify(code)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const users = await server.database.prisma.user.findMany({
      where: { siteId: server.siteId, phone: PHONE },
    })
    expect(users).toHaveLength(1)
    expect(
      await server.database.prisma.login.findMany({ where: { siteId: server.siteId, kind: 'phone' } }),
    ).toHaveLength(1)
  })

  it('[L3] take a code of this number alone, and for five minutes', async () => {
    const code = await newCode()
    await expect(verify(code, OTHER)).rejects.toMatchObject(wrong)
    server.clock.pass(5 * MINUTE - 1)
    expect(await verify(code)).toMatchObject({ isNewUser: true })
    const late = await newCode()
    server.clock.pass(5 * MINUTE)
    await expect(verify(late)).rejects.toMatchObject(wrong)
  })

  it('[L3] take the latest code alone', async () => {
    const first = await newCode()
    server.clock.pass(MINUTE)
    const second = await newCode()
    if (first !== second) await expect(verify(first)).rejects.toMatchObject(wrong)
    expect(await verify(second)).toMatchObject({ isNewUser: true })
  })

  it('[L4] are closed to a code after five wrong tries, not after four', async () => {
    const code = await newCode()
    for (let n = 1; n <= 4; n += 1) await expect(verify(anotherThan(code, n))).rejects.toMatchObject(wrong)
    await expect(verify(code)).resolves.toMatchObject({ isNewUser: true })
    server.clock.pass(MINUTE)
    const next = await newCode()
    for (let n = 1; n <= 5; n += 1) await expect(verify(anotherThan(next, n))).rejects.toMatchObject(wrong)
    await expect(verify(next)).rejects.toMatchObject(wrong)
  })

  it('[L4] count five wrong tries of many at once as five', async () => {
    const code = await newCode()
    const guesses = Array.from({ length: 30 }, (_, n) => anotherThan(code, n + 1))
    const tries = await Promise.allSettled(guesses.map(guess => verify(guess)))
    expect(tries.every(({ status }) => status === 'rejected')).toBe(true)
    expect(await codes()).toMatchObject([{ wrongTries: 5, endedAt: null }])
    await expect(verify(code)).rejects.toMatchObject(wrong)
  })

  it('[L4] let the right code of many at once in only among the first five', async () => {
    for (let n = 0; n < 5; n += 1) {
      const phone = `+861380013802${n}`
      await send(phone)
      const code = lastCode()
      const guesses = Array.from({ length: 20 }, (_, i) => anotherThan(code, i + 1))
      const tries = await Promise.allSettled(guesses.toSpliced(n, 0, code).map(guess => verify(guess, phone)))
      const entered = tries.some(({ status }) => status === 'fulfilled')
      const [row] = (await codes()).filter(kept => kept.phone === phone)
      expect(row?.wrongTries).toBeLessThanOrEqual(entered ? 4 : 5)
      expect(row?.endedAt !== null).toBe(entered)
    }
  })

  it('[L5] get one code a minute and five an hour for a number', async () => {
    for (let n = 0; n < 5; n += 1) {
      await send(PHONE, `192.0.2.${n}`)
      await expect(send(PHONE, '192.0.2.99')).rejects.toMatchObject(waits(n < 4 ? 60 : 56 * 60))
      server.clock.pass(MINUTE)
    }
    await expect(send(PHONE, '192.0.2.99')).rejects.toMatchObject(waits(55 * 60))
    await expect(send(OTHER, '192.0.2.99')).resolves.toBeDefined()
    server.clock.pass(55 * MINUTE)
    await expect(send()).resolves.toBeDefined()
    await expect(login()).rejects.toMatchObject(waits(60))
  })

  it('[L5] get one of many codes that are asked for at once', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => send(PHONE, `192.0.2.${n}`)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(texts).toHaveLength(1)
  })

  it('[L6] get so many codes an hour for an address, however many ask at once', async () => {
    const numbers = Array.from({ length: 12 }, (_, n) => `+86138001380${n + 10}`)
    const asked = await Promise.allSettled(numbers.map(phone => send(phone)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
    await expect(send(PHONE)).rejects.toMatchObject(waits(3600))
    await expect(send(PHONE, '192.0.2.2')).resolves.toBeDefined()
    server.clock.pass(HOUR)
    await expect(send(PHONE)).resolves.toBeDefined()
  })

  it('[L6] take the addresses of one IPv6 network for one', async () => {
    for (let n = 0; n < 8; n += 1) await send(`+861380013801${n}`, `2001:db8:1:2::${n + 1}`)
    await expect(send(PHONE, '2001:db8:1:2:a:b:c:d')).rejects.toMatchObject({ code: 'rate_limited' })
    await expect(send(PHONE, '2001:db8:1:3::1')).resolves.toBeDefined()
  })

  it('[L7] are counted in the database: another server knows, one that starts anew too', async () => {
    const code = await newCode()
    const next = await server.another()
    await expect(next.call('auth.send-code', anyone, { phone: PHONE })).rejects.toMatchObject(waits(60))
    for (let n = 1; n <= 4; n += 1) await expect(verify(anotherThan(code, n))).rejects.toMatchObject(wrong)
    const there = (guess: string) => next.call('auth.verify-code', anyone, { phone: PHONE, code: guess })
    await expect(there(anotherThan(code, 5))).rejects.toMatchObject(wrong)
    await expect(there(code)).rejects.toMatchObject(wrong)
    next.stop()
  })

  it('[L8] answer alike whether or not the number has an account', async () => {
    const { user } = await login()
    await server.database.prisma.user.updateMany({
      where: { siteId: server.siteId, id: user.id },
      data: { isActive: false },
    })
    server.clock.pass(MINUTE)
    const known = await send(PHONE)
    expect(known).toEqual(await send(OTHER))
    for (const phone of [PHONE, OTHER, '+8613700137000'])
      await expect(verify('000000', phone)).rejects.toMatchObject(wrong)
  })

  it('[L9] refuse one who is not active, or was erased, like a wrong code', async () => {
    const { user, refreshToken } = await login()
    const where = { siteId: server.siteId, id: user.id }
    for (const data of [{ isActive: false }, { isActive: true, erasedAt: new Date() }]) {
      await server.database.prisma.user.updateMany({ where, data })
      server.clock.pass(MINUTE)
      await expect(login()).rejects.toMatchObject(wrong)
    }
    await expect(server.call('auth.refresh', anyone, { refreshToken })).rejects.toMatchObject({
      code: 'unauthorized',
    })
  })

  it('[L10] give a refused text back, and keep the code before it', async () => {
    const code = await newCode()
    server.clock.pass(MINUTE)
    provider = () => REFUSED
    for (let n = 0; n < 7; n += 1)
      await expect(send()).rejects.toMatchObject({ code: 'unavailable', params: { reason: 'sms' } })
    expect(await verify(code)).toMatchObject({ isNewUser: true })
    provider = () => SENT
    expect(await login()).toMatchObject({ isNewUser: false })
  })

  it('[L10] take the code of a text that may have come, and count it for the hour', async () => {
    provider = () => UNANSWERED
    await expect(send()).rejects.toMatchObject({ code: 'unavailable', params: { reason: 'sms' } })
    const unsure = lastCode()
    for (let n = 1; n < 5; n += 1) await expect(send()).rejects.toMatchObject({ code: 'unavailable' })
    await expect(send()).rejects.toMatchObject(waits(3600))
    expect(await verify(unsure)).toMatchObject({ isNewUser: true })
    await expect(verify(lastCode())).rejects.toMatchObject(wrong)
  })

  it('[L10] take a code that comes before its provider answers', async () => {
    let answer: (handover: Handover) => void = () => undefined
    let handed: () => void = () => undefined
    const under = new Promise<void>(resolve => {
      handed = resolve
    })
    provider = () => {
      handed()
      return new Promise<Handover>(resolve => {
        answer = resolve
      })
    }
    const sending = send()
    await under
    const code = lastCode()
    expect(await verify(code)).toMatchObject({ isNewUser: true })
    answer(SENT)
    await sending
    await expect(verify(code)).rejects.toMatchObject(wrong)
  })

  it('say what is missing where no texts are sent', async () => {
    const mute = await world(server.database)
    await expect(mute.call('auth.send-code', anyone, { phone: PHONE })).rejects.toMatchObject({
      code: 'unavailable',
      params: { reason: 'sms_off' },
    })
    mute.stop()
    await mute.close()
  })

  it('write in the language of who asks, and say which site it is', async () => {
    await send()
    await send(OTHER, '192.0.2.1', 'zh')
    const site = await server.stores.sites.site()
    for (const { text } of texts) expect(text).toContain(site?.name)
    expect(texts.map(({ text }) => /验证码/.test(text))).toEqual([false, true])
  })

  it('keep no code, and forget what was sent after an hour', async () => {
    const code = await newCode()
    expect(JSON.stringify(await codes())).not.toContain(code)
    server.clock.pass(HOUR + 1)
    await expect.poll(codes).toEqual([])
  })

  it('[L11] rotate, end and log out as every login does', async () => {
    const first = await login()
    const second = await server.call('auth.refresh', anyone, { refreshToken: first.refreshToken })
    expect(second).toMatchObject({ isNewUser: false, user: { id: first.user.id } })
    const caller = await server.identify({ bearer: second.token })
    await server.call('auth.logout', caller, {})
    expect(server.seen.ended).toMatchObject([{ userId: null }])
    await expect(server.identify({ bearer: second.token })).rejects.toMatchObject({ code: 'unauthorized' })
    server.clock.pass(MINUTE)
    const third = await login()
    await server.call('auth.refresh', anyone, { refreshToken: third.refreshToken })
    await expect(
      server.call('auth.refresh', anyone, { refreshToken: third.refreshToken }),
    ).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(server.identify({ bearer: third.token })).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('[L11] carry the account’s own role, and tell the audit of staff', async () => {
    const { id } = await server.database.prisma.user.create({
      data: { siteId: server.siteId, id: 'dr-wei', role: 'doctor', phone: PHONE },
    })
    const answer = await login(PHONE, 'Nobody')
    expect(answer).toMatchObject({ isNewUser: false, user: { id, role: 'doctor', nickname: null } })
    const rows = await server.database.prisma.auditEvent.findMany({
      where: { siteId: server.siteId, action: 'login.started' },
    })
    expect(rows).toMatchObject([{ actorId: id, data: { kind: 'phone', address: '192.0.2.1' } }])
  })
})
