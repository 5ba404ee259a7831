import { describe, expect, it } from 'vitest'
import { createRevocations, type Revocation } from './revocations.ts'

const MINUTE = 60_000

function world() {
  let now = 1_000_000
  const timers: { at: number; task: () => void }[] = []
  const rows: Revocation[] = []
  const asked: (number | null)[] = []
  const problems: string[] = []
  const found: string[] = []
  let broken = false
  const revocations = createRevocations({
    clock: {
      now: () => now,
      after(ms, task) {
        const timer = { at: now + ms, task }
        timers.push(timer)
        return () => timers.splice(timers.indexOf(timer), 1)
      },
    },
    table: {
      revocationsSince(since) {
        asked.push(since)
        if (broken) return Promise.reject(new Error('the database is away'))
        const asks = (row: Revocation) => row.expiresAt > now && (since === null || row.notBefore >= since)
        return Promise.resolve(rows.filter(asks))
      },
    },
    report: problem => problems.push(problem.what),
    found: loginIds => found.push(...loginIds),
  })
  return {
    revocations,
    rows,
    found,
    asked,
    problems,
    timers,
    breakDown: (value: boolean) => (broken = value),
    async pass(ms: number) {
      now += ms
      for (const timer of timers.splice(0).filter(({ at }) => at <= now)) timer.task()
      await new Promise(setImmediate)
    },
  }
}

const row = (subject: Revocation['subject'], notBefore = 1_000_000): Revocation => ({
  subject,
  notBefore,
  expiresAt: notBefore + 3 * 60 * MINUTE,
})
const token = (loginAt: number) =>
  ({ userId: 'ada', role: 'user', name: null, loginId: 'l1', loginAt }) as const

describe('revocations', () => {
  it.each([
    ['its login', row('login:l1'), 999_999, true],
    ['its login, by a clock that is behind', row('login:l1'), 1_000_001, true],
    ['its person', row('user:ada'), 999_999, true],
    ['its person, of the same millisecond', row('user:ada'), 1_000_000, true],
    ['its person, before the login began', row('user:ada'), 1_000_001, false],
    ['another login', row('login:l2'), 999_999, false],
    ['another person', row('user:bob'), 999_999, false],
    ['a person who is called like its login', row('user:l1'), 999_999, false],
  ])('of %s', async (_of, revocation, loginAt, dead) => {
    const { revocations, rows } = world()
    rows.push(revocation)
    await revocations.start()
    expect(revocations.isRevoked(token(loginAt))).toBe(dead)
  })

  it('count at once where they were made, and stay while the table is read again', async () => {
    const { revocations, pass } = world()
    await revocations.start()
    revocations.note([row('login:l1')])
    expect(revocations.isRevoked(token(999_999))).toBe(true)
    await pass(2000)
    expect(revocations.isRevoked(token(999_999))).toBe(true)
  })

  it('of other nodes count two seconds later, and are looked for by what is new', async () => {
    const { revocations, rows, asked, pass } = world()
    await revocations.start()
    rows.push(row('user:ada'))
    await pass(2000)
    expect(revocations.isRevoked(token(999_999))).toBe(true)
    await pass(2000)
    expect(asked).toEqual([null, 940_000, 942_000])
  })

  it('say which logins have ended that nobody here knew of, once', async () => {
    const { revocations, rows, found, pass } = world()
    rows.push(row('login:l1'))
    await revocations.start()
    revocations.note([row('login:l2')])
    rows.push(row('login:l2'), row('login:l3'), row('user:ada'))
    await pass(2000)
    await pass(2000)
    await pass(11 * MINUTE)
    expect(found).toEqual(['l3'])
  })

  it('never move back', async () => {
    const { revocations } = world()
    await revocations.start()
    revocations.note([row('user:ada', 1_000_500)])
    revocations.note([row('user:ada', 1_000_100)])
    expect(revocations.isRevoked(token(1_000_300))).toBe(true)
  })

  it('outlive a database that is away, which is reported', async () => {
    const { revocations, rows, problems, breakDown, pass } = world()
    rows.push(row('login:l1'))
    await revocations.start()
    breakDown(true)
    await pass(2000)
    await pass(2000)
    expect(problems).toHaveLength(2)
    expect(revocations.isRevoked(token(999_999))).toBe(true)
    breakDown(false)
    rows.push(row('user:ada'))
    await pass(2000)
    expect(revocations.isRevoked({ ...token(999_999), loginId: 'l9' })).toBe(true)
  })

  it('let nothing start without them', async () => {
    const { revocations, breakDown } = world()
    breakDown(true)
    await expect(revocations.start()).rejects.toThrow('away')
  })

  it('are forgotten once nothing they could kill is alive', async () => {
    const { revocations, rows, pass } = world()
    rows.push(row('login:l1'))
    await revocations.start()
    await pass(4 * 60 * MINUTE)
    expect(revocations.isRevoked(token(999_999))).toBe(false)
  })

  it('stop looking', async () => {
    const { revocations, timers } = world()
    await revocations.start()
    revocations.stop()
    expect(timers).toEqual([])
  })
})
