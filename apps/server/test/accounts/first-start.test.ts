import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccountStores } from '../../src/adapters/postgres/accounts/index.ts'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { testDatabases } from '../../src/adapters/postgres/testing.ts'
import { firstStart, welcome } from '../../src/features/site/index.ts'
import { testClock, testIds } from './world.ts'

describe.each(testDatabases)('the first start, on $name', ({ open }) => {
  let database: Database
  let dataDir: string
  let siteId: string
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-first-'))
    siteId = `site-${testIds.next()}`
  })
  afterEach(() => rm(dataDir, { recursive: true }))

  const stores = () =>
    createAccountStores({ prisma: database.prisma, siteId, ids: testIds, longestTokenMs: 1000 })
  const start = (
    options: { readonly demo?: boolean; readonly dir?: string; readonly dying?: boolean } = {},
  ) => {
    const { sites, auth } = stores()
    const dies = () => Promise.reject(new Error('killed'))
    return firstStart({
      store: options.dying ? { ...sites, makeSite: dies } : sites,
      accountByUsername: username => auth.accountByUsername(username),
      clock: testClock(),
      ids: testIds,
      dataDir: options.dir ?? dataDir,
      strategy: 'round-robin',
      demo: options.demo ?? false,
    })
  }
  const people = () =>
    database.prisma.user.findMany({
      where: { siteId },
      orderBy: { username: 'asc' },
      include: { operator: true },
    })

  it('makes one site and one admin, whose password is in a file of its owner’s', async () => {
    const first = await start()
    expect(first.made).toBe(true)
    expect(first.admin?.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    expect(await people()).toMatchObject([{ username: 'admin', role: 'admin', operator: null }])
    expect((await stat(first.adminFile)).mode & 0o777).toBe(0o600)
    expect(await readFile(first.adminFile, 'utf8')).toContain(first.admin?.password)
    expect(await stores().sites.site()).toMatchObject({ id: siteId, strategy: 'round-robin' })
    const audits = await database.prisma.auditEvent.findMany({ where: { siteId } })
    expect(audits).toMatchObject([{ action: 'admin.created', actorKind: 'system' }])
  })

  it('is made once: a second start finds what there is, and the password while nobody has changed it', async () => {
    const [one, two] = [await start(), await start()]
    expect(two).toMatchObject({ made: false, admin: one.admin })
    expect(await people()).toHaveLength(1)
  })

  it.each(['a folder each', 'one folder'])(
    'of several servers at once, with %s, makes one admin',
    async folders => {
      const own = folders === 'one folder' ? [] : [1, 2, 3].map(n => join(dataDir, String(n)))
      const starts = await Promise.all([0, 1, 2].map(n => start({ ...(own[n] && { dir: own[n] }) })))
      expect(starts.filter(first => first.made)).toHaveLength(1)
      expect(await people()).toHaveLength(1)
      const admins = new Set(starts.flatMap(first => first.admin?.password ?? []))
      expect(admins.size).toBe(1)
      const maker = starts.find(first => first.made)
      expect(maker?.admin).not.toBeNull()
    },
  )

  it('that is killed before it counts leaves a password that the next one uses', async () => {
    await expect(start({ dying: true })).rejects.toThrow('killed')
    expect(await people()).toEqual([])
    const written = await readFile(join(dataDir, 'first-admin.txt'), 'utf8')
    const { admin } = await start()
    expect(written).toContain(admin?.password)
  })

  it('takes a password that was changed elsewhere out of its file', async () => {
    const { adminFile } = await start()
    await database.prisma.user.updateMany({ where: { siteId }, data: { passwordHash: null } })
    expect((await start()).admin).toBeNull()
    await expect(stat(adminFile)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('closes a file that others could read', async () => {
    const { adminFile, admin } = await start()
    await writeFile(adminFile, `admin ${admin?.password}\n`)
    await chmod(adminFile, 0o644)
    expect((await start()).admin).toEqual(admin)
    expect((await stat(adminFile)).mode & 0o777).toBe(0o600)
  })

  it('of a demo makes two operators, each struck off its file when the password is changed', async () => {
    const first = await start({ demo: true })
    expect(first.demo.map(person => person.username)).toEqual(['demo-ada', 'demo-lin'])
    expect(await people()).toMatchObject([
      { username: 'admin' },
      { username: 'demo-ada', role: 'operator', operator: { name: 'Ada', maxUsers: 2, status: 'offline' } },
      { username: 'demo-lin', role: 'operator', operator: { name: '林薇' } },
    ])
    await first.passwordGone(first.demo[0]?.password ?? '')
    expect((await start()).demo).toEqual(first.demo.slice(1))
    await first.passwordGone(first.demo[1]?.password ?? '')
    await expect(stat(first.demoFile)).rejects.toMatchObject({ code: 'ENOENT' })
    expect((await start()).admin).toEqual(first.admin)
  })

  describe('is told', () => {
    const told = async (options: { readonly terminal: boolean; readonly demo: boolean }) => {
      const first = await start({ demo: options.demo })
      const lines = welcome({
        url: 'http://localhost:3000',
        first,
        terminal: options.terminal,
        demoPage: options.demo,
        embedded: options.demo,
      })
      return { first, text: lines.join('\n') }
    }

    it('to a terminal with its passwords, of which the admin’s is then not kept', async () => {
      const { first, text } = await told({ terminal: true, demo: true })
      expect(text).toContain('http://localhost:3000/demo')
      expect(text).toContain('http://localhost:3000/console/')
      expect(text).toContain(first.admin?.password)
      expect(text).toContain(first.demo[0]?.password)
      await first.shown()
      await expect(stat(first.adminFile)).rejects.toMatchObject({ code: 'ENOENT' })
      expect((await start()).demo).toHaveLength(2)
    })

    it('to anything else with where they are', async () => {
      const { first, text } = await told({ terminal: false, demo: true })
      for (const { password } of [...first.demo, ...(first.admin ? [first.admin] : [])]) {
        expect(text).not.toContain(password)
      }
      expect(text).toContain(first.adminFile)
      expect(text).toContain(first.demoFile)
    })

    it('without a demo where there is none', async () => {
      const { text } = await told({ terminal: true, demo: false })
      expect(text).not.toContain('demo')
      expect(text).not.toContain('embedded')
    })
  })
})
