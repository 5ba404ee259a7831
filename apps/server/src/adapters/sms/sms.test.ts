import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Handover } from '../../features/phone/index.ts'
import { createSms } from './create-sms.ts'

const TEXT = {
  to: '+8613800138000',
  code: '271828',
  text: '【小店】您的登录验证码是 271828',
  at: '2026-01-31T12:00:00.000Z',
}
const SECRET = 'a secret between two servers'
const clock = { now: () => Date.parse(TEXT.at) + 1999 }

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-sms-'))
  return () => rm(dataDir, { recursive: true, force: true })
})

it('no driver is no SMS', () => {
  expect(createSms({ sms: null, dataDir }, clock, () => undefined)).toBeNull()
})

describe('the outbox', () => {
  const outbox = () => {
    const sms = createSms({ sms: { driver: 'outbox' }, dataDir }, clock, () => undefined)
    if (sms === null) throw new Error('no outbox')
    return sms
  }
  const file = () => join(dataDir, 'outbox', 'sms.jsonl')
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777

  it('is a file of lines that its owner alone can read', async () => {
    const texts = Array.from({ length: 20 }, (_, n) => ({ ...TEXT, code: String(100_000 + n) }))
    const handovers = await Promise.all(texts.map(text => outbox().send(text)))
    expect(new Set(handovers.map(({ kind }) => kind))).toEqual(new Set(['sent']))
    const lines = (await readFile(file(), 'utf8')).trimEnd().split('\n')
    const kept = lines.map(line => JSON.parse(line) as typeof TEXT)
    expect(kept.sort((a, b) => Number(a.code) - Number(b.code))).toEqual(texts)
    expect([await modeOf(file()), await modeOf(join(dataDir, 'outbox'))]).toEqual([0o600, 0o700])
    await chmod(file(), 0o644)
    await outbox().send(TEXT)
    expect(await modeOf(file())).toBe(0o600)
  })

  it('refuses where it can’t be written', async () => {
    await writeFile(join(dataDir, 'outbox'), 'in the way')
    expect(await outbox().send(TEXT)).toMatchObject({ kind: 'refused' })
  })
})

describe('the webhook', () => {
  let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void
  let url: string
  let close: () => void
  beforeEach(async () => {
    answer = (_, response) => response.writeHead(204).end()
    const provider = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      answer(request, response, body)
    }).listen(0, '127.0.0.1')
    await once(provider, 'listening')
    url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/texts`
    close = () => {
      provider.close()
      provider.closeAllConnections()
    }
  })
  afterEach(() => close())

  const observed: Handover[] = []
  const send = (timeoutMs = 5000) => {
    const sms = { driver: 'webhook', url, secret: SECRET, timeoutMs } as const
    const driver = createSms({ sms, dataDir }, clock, handover => observed.push(handover))
    if (driver === null) throw new Error('no webhook')
    return driver.send(TEXT)
  }
  const tellsNothing = ({ cause }: { cause?: unknown }) => {
    const told = String((cause as Error).stack) + JSON.stringify(cause, Object.getOwnPropertyNames(cause))
    expect(told).not.toMatch(/271828|13800138000/)
  }

  it('posts the text, signed with what both sides know', async () => {
    const heard = new Promise<{ headers: IncomingMessage['headers']; body: string }>(resolve => {
      answer = ({ headers }, response, body) => {
        resolve({ headers, body })
        response.writeHead(202).end('accepted')
      }
    })
    expect(await send()).toEqual({ kind: 'sent' })
    expect(observed.at(-1)).toEqual({ kind: 'sent' })
    const { headers, body } = await heard
    expect(JSON.parse(body)).toEqual(TEXT)
    expect(headers['content-type']).toBe('application/json')
    const timestamp = String(headers['x-parley-timestamp'])
    expect(timestamp).toBe(String(Date.parse(TEXT.at) / 1000 + 1))
    const signed = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex')
    expect(headers['x-parley-signature']).toBe(`v1=${signed}`)
  })

  it.each([400, 401, 404, 429, 500, 503])('is refused by a %i', async status => {
    answer = (_, response) => response.writeHead(status).end('no')
    const handover = await send()
    expect(handover).toMatchObject({
      kind: 'refused',
      cause: { message: expect.stringContaining(`${status}`) },
    })
    tellsNothing(handover as { cause: unknown })
  })

  it.each([301, 307, 308])('follows no %i: the code is for one server alone', async status => {
    let requests = 0
    answer = (_, response) => {
      requests += 1
      response.writeHead(status, { location: url }).end()
    }
    expect(await send()).toMatchObject({ kind: 'refused' })
    expect(requests).toBe(1)
  })

  it('waits for a slow provider', async () => {
    answer = (_, response) => void setTimeout(() => response.writeHead(200).end('ok'), 300)
    expect(await send()).toEqual({ kind: 'sent' })
  })

  it('does not wait for the rest of an answer', async () => {
    answer = (_, response) => {
      response.writeHead(200)
      response.write('there is more to c')
    }
    expect(await send()).toEqual({ kind: 'sent' })
  })

  it('gives a hanging provider up, and does not know then', async () => {
    answer = () => undefined
    const handover = await send(200)
    expect(handover).toMatchObject({
      kind: 'unanswered',
      cause: { message: expect.stringContaining('in time') },
    })
    expect(observed.at(-1)).toBe(handover)
    tellsNothing(handover as { cause: unknown })
  })

  it('does not know either when the connection is cut', async () => {
    answer = request => request.socket.destroy()
    const handover = await send()
    expect(handover).toMatchObject({ kind: 'unanswered' })
    tellsNothing(handover as { cause: unknown })
  })

  it('is refused where nobody listens', async () => {
    close()
    const handover = await send()
    expect(handover).toMatchObject({ kind: 'refused' })
    tellsNothing(handover as { cause: unknown })
  })
})
