import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useEars } from '../support/ear.ts'
import { ask, refusal } from '../support/http.ts'
import { end, newVisitor, startSession } from '../support/people.ts'
import { HAS_DATABASE, type SentText, useServer } from '../support/server.ts'

interface Profile {
  readonly id: string
  readonly _id: string
  readonly phone: string
  readonly nickname: string | null
  readonly realName: string | null
  readonly email: string | null
}
interface Login {
  readonly token: string
  readonly refreshToken: string
  readonly expiresIn: number
  readonly isNewUser: boolean
  readonly user: Profile & { readonly role: string; readonly isActive: boolean }
}

type At = ReturnType<typeof useServer>

const send = ({ server }: At, phone: string) =>
  ask(server, 'POST /api/auth/send-verification-code', {}, { phone })
const verify = ({ server }: At, phone: string, code: string, more: object = {}) =>
  ask<Login>(server, 'POST /api/auth/verify-code', {}, { phone, code, ...more })
const lastTo = async ({ server }: At, phone: string): Promise<SentText> => {
  const text = (await server.texts()).findLast(({ to }) => to === phone)
  if (!text) throw new Error(`no text to ${phone}`)
  return text
}
const another = (code: string, n = 1) => String((Number(code) + n) % 1_000_000).padStart(6, '0')

/** api.md §2 and §5: stock fetch, and nothing of ours. */
describe.skipIf(!HAS_DATABASE)('a phone', () => {
  const at = useServer({ DEFAULT_REGION: 'CN', CODE_LIMIT_PER_HOUR: '0' })
  const open = useEars(at)
  const login = async (phone: string, more: object = {}) => {
    await send(at, phone)
    return (await verify(at, phone, (await lastTo(at, phone)).code, more)).body.data
  }

  it('signs in with the code that is sent to it, and has an account then', async () => {
    const sent = await send(at, '138 0013 8000')
    expect(sent).toMatchObject({ status: 200, body: { data: { expiresIn: 300, retryAfter: 60 } } })
    const text = await lastTo(at, '+8613800138000')
    expect(text).toEqual({
      to: '+8613800138000',
      code: expect.stringMatching(/^\d{6}$/),
      text: expect.stringContaining(text.code),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    const { status, body } = await verify(at, '+8613800138000', text.code, { nickname: 'Wei' })
    expect(status).toBe(200)
    expect(body.data).toMatchObject({
      isNewUser: true,
      expiresIn: 86_400,
      user: { phone: '+8613800138000', nickname: 'Wei', role: 'user', isActive: true },
    })
    const { user, token } = body.data
    expect(user._id).toBe(user.id)
    const session = await startSession(at.server, { token, userId: user.id })
    expect(session.userId).toBe(user.id)
    await end(at.server, session.id, { token, userId: user.id })
    expect(await refusal(verify(at, '+8613800138000', text.code))).toBe('401 unauthorized')
    const soon = await send(at, '+86 138-0013-8000')
    expect([soon.status, soon.body.error]).toEqual([429, 'rate_limited'])
    expect(Number(soon.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(soon.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  })

  it('is refused in the caller’s language, and named where it is none', async () => {
    for (const phone of ['12345', '+999123456', '+18005551234', 'abc']) {
      const { status, body } = await send(at, phone)
      expect([status, body.error, body.details?.[0]?.path]).toEqual([400, 'validation_failed', 'phone'])
    }
    const body = { phone: '+8613900139999', code: '123456' }
    const { message } = (await ask(at.server, 'POST /api/auth/verify-code', { language: 'zh' }, body)).body
    expect(message).toContain('验证码')
  })

  it('lets one in of many who bring the code at once', async () => {
    const phone = '+8613900139001'
    await send(at, phone)
    const { code } = await lastTo(at, phone)
    const answers = await Promise.all(Array.from({ length: 20 }, () => verify(at, phone, code)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(401)])
  })

  it('is closed to its code after five wrong ones, whoever sent them at once', async () => {
    const phone = '+8613900139002'
    await send(at, phone)
    const { code } = await lastTo(at, phone)
    const guesses = Array.from({ length: 12 }, (_, n) => refusal(verify(at, phone, another(code, n + 1))))
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(['401 unauthorized']))
    expect(await refusal(verify(at, phone, code))).toBe('401 unauthorized')
  })

  it('remembers over a restart what it has sent and what was tried', async () => {
    const phone = '+8613900139003'
    await send(at, phone)
    const { code } = await lastTo(at, phone)
    for (let n = 1; n <= 4; n += 1) await verify(at, phone, another(code, n))
    await at.server.kill()
    await at.server.start()
    expect(await refusal(send(at, phone))).toBe('429 rate_limited')
    expect(await refusal(verify(at, phone, another(code, 5)))).toBe('401 unauthorized')
    expect(await refusal(verify(at, phone, code))).toBe('401 unauthorized')
  })

  it('refreshes, and ends whole when a used token comes back; logout closes its sockets', async () => {
    const { server } = at
    const first = await login('+8613900139004')
    const refresh = (refreshToken: string) =>
      ask<Login>(server, 'POST /api/auth/refresh-token', {}, { refreshToken })
    const me = (token: string) => refusal(ask(server, 'GET /api/auth/me', { token }))
    const second = (await refresh(first.refreshToken)).body.data
    expect(second).toMatchObject({ isNewUser: false, user: { id: first.user.id } })
    expect(await refusal(refresh(first.refreshToken))).toBe('401 unauthorized')
    expect(await me(second.token)).toBe('401 unauthorized')
    const other = await login('+8613900139005')
    const ear = await open(other)
    const gone = new Promise(resolve => ear.socket.once('disconnect', resolve))
    await ask(server, 'POST /api/auth/logout', other, {})
    await gone
    expect(await me(other.token)).toBe('401 unauthorized')
  })

  it('has a profile, which its person changes', async () => {
    const { server } = at
    const { token } = await login('+8613900139006', { nickname: 'Wei' })
    const profile = async () => (await ask<Profile>(server, 'GET /api/user/profile', { token })).body.data
    expect(await profile()).toMatchObject({ phone: '+8613900139006', nickname: 'Wei', email: null })
    const body = { realName: 'Lin Wei', email: 'wei@example.com', role: 'admin', phone: '+8613900139999' }
    const put = await ask<Profile>(server, 'PUT /api/user/profile', { token }, body)
    expect(put.status).toBe(200)
    expect(put.body.data).toMatchObject({
      realName: 'Lin Wei',
      email: 'wei@example.com',
      nickname: 'Wei',
      phone: '+8613900139006',
      role: 'user',
    })
    const named = await ask(server, 'POST /api/user/nickname', { token }, { nickname: 'W' })
    expect(named.body.data).toMatchObject({ nickname: 'W', realName: 'Lin Wei' })
    expect(await profile()).toEqual({ ...named.body.data, updatedAt: expect.any(String) })
    expect(await refusal(ask(server, 'GET /api/user/profile', { key: true }))).toBe('403 forbidden')
    expect(await refusal(ask(server, 'GET /api/user/profile'))).toBe('401 unauthorized')
  })

  it('a visitor too has a name of its own choice, before and after its first session', async () => {
    const { server } = at
    const visitor = await newVisitor(server, 'Lin')
    const nickname = (name: string) =>
      ask<Profile>(server, 'POST /api/user/nickname', visitor, { nickname: name })
    expect((await nickname('L')).body.data).toMatchObject({
      id: visitor.userId,
      nickname: 'L',
      realName: 'Lin',
    })
    const session = await startSession(server, visitor)
    expect(session.userType).toBe('visitor')
    expect((await nickname('LL')).body.data.nickname).toBe('LL')
    await end(server, session.id, visitor)
  })

  it('leaves no code and no number in what is printed', async () => {
    const texts = await at.server.texts()
    expect(texts.length).toBeGreaterThan(5)
    for (const { to, code } of texts) {
      expect(at.server.output()).not.toContain(to)
      expect(at.server.output()).not.toMatch(new RegExp(`\\b${code}\\b`))
    }
  })
})

const SECRET = 'a secret between two servers'

/** A provider of texts, as its own server would be. */
describe.skipIf(!HAS_DATABASE)('texts by a provider', () => {
  const got: { readonly body: SentText; readonly good: boolean }[] = []
  let answer = (response: ServerResponse): unknown => response.writeHead(202).end()
  const provider = createServer(async (request, response) => {
    let raw = ''
    for await (const chunk of request) raw += String(chunk)
    const timestamp = String(request.headers['x-parley-timestamp'])
    const signature = createHmac('sha256', SECRET).update(`${timestamp}.${raw}`).digest('hex')
    const good =
      request.headers['x-parley-signature'] === `v1=${signature}` &&
      Math.abs(Date.now() / 1000 - Number(timestamp)) < 60
    got.push({ body: JSON.parse(raw) as SentText, good })
    answer(response)
  })
  const settings: Record<string, string> = {
    SMS_DRIVER: 'webhook',
    SMS_WEBHOOK_SECRET: SECRET,
    SMS_WEBHOOK_TIMEOUT_MS: '2000',
  }
  beforeAll(async () => {
    provider.listen(0, '127.0.0.1')
    await once(provider, 'listening')
    settings['SMS_WEBHOOK_URL'] = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/sms`
  })
  afterAll(() => {
    provider.close()
    provider.closeAllConnections()
  })
  const at = useServer(settings)
  const code = () => got.at(-1)?.body.code ?? ''

  it('are signed, and their codes good', async () => {
    expect((await send(at, '+8613800138001')).status).toBe(200)
    expect(got).toMatchObject([{ good: true, body: { to: '+8613800138001' } }])
    expect(got[0]?.body.text).toContain(code())
    expect((await verify(at, '+8613800138001', code())).body.data.isNewUser).toBe(true)
  })

  it('are unavailable while it answers 500, and then at once there again', async () => {
    const phone = '+8613800138002'
    answer = response => response.writeHead(500).end()
    for (let n = 0; n < 3; n += 1) {
      const refused = await send(at, phone)
      expect([refused.status, refused.body.error]).toEqual([503, 'unavailable'])
    }
    expect(await refusal(verify(at, phone, code()))).toBe('401 unauthorized')
    answer = response => response.writeHead(200).end()
    expect((await send(at, phone)).status).toBe(200)
    expect((await verify(at, phone, code())).status).toBe(200)
  })

  it('are unavailable when it hangs, but a code that has come is good', async () => {
    const phone = '+8613800138003'
    answer = () => undefined
    expect(await refusal(send(at, phone))).toBe('503 unavailable')
    const came = code()
    answer = response => response.writeHead(200).end()
    expect((await verify(at, phone, came)).status).toBe(200)
    expect((await send(at, phone)).status).toBe(200)
  })

  it('are counted, and told in the log without number and code', async () => {
    const metrics = await (await fetch(`${at.server.url}/metrics`)).text()
    for (const outcome of ['sent', 'refused', 'unanswered'])
      expect(metrics).toMatch(new RegExp(`parley_sms_total\\{outcome="${outcome}"\\} [1-9]`))
    expect(at.server.output()).toContain('the SMS provider answered 500')
    for (const { body } of got) {
      expect(at.server.output()).not.toContain(body.to)
      expect(at.server.output()).not.toMatch(new RegExp(`\\b${body.code}\\b`))
    }
  })
})

describe.skipIf(!HAS_DATABASE)('in production without a driver', () => {
  const at = useServer({
    NODE_ENV: 'production',
    JWT_SECRET: 'a secret of thirty-two bytes or more',
    HOST: '127.0.0.1',
  })

  it('asking for a code says that this server sends no texts', async () => {
    const { status, body } = await send(at, '+8613800138000')
    expect([status, body.error]).toEqual([503, 'unavailable'])
    expect(body.message).toContain('SMS_DRIVER')
  })
})
