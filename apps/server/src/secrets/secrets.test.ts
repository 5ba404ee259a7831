import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jwtSecretOf } from './jwt-secret.ts'
import { keepPrivate, readPrivate, writePrivate } from './private-file.ts'
import { readablePassword } from './readable-password.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-secrets-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

describe('a private file', () => {
  it('and its folder are their owner’s alone, and nothing half-written stays beside it', async () => {
    const file = join(dataDir, 'deep', 'secret')
    await writePrivate(file, 'one')
    await writePrivate(file, 'two')
    expect(await readFile(file, 'utf8')).toBe('two')
    expect([await modeOf(file), await modeOf(join(dataDir, 'deep'))]).toEqual([0o600, 0o700])
    expect(await readdir(join(dataDir, 'deep'))).toEqual(['secret'])
  })

  it('is closed when others could read it', async () => {
    const file = join(dataDir, 'open')
    await writeFile(file, 'secret')
    await chmod(file, 0o644)
    expect(await readPrivate(file)).toBe('secret')
    expect(await modeOf(file)).toBe(0o600)
  })

  it('is null where there is none', async () => {
    expect(await readPrivate(join(dataDir, 'none'))).toBeNull()
  })

  it('names the setting where the directory can be none', async () => {
    const file = join(dataDir, 'a file')
    await writePrivate(file, 'in the way')
    await expect(readPrivate(join(file, 'secret'))).rejects.toThrow(/^DATA_DIR: .*a file is no directory/)
    await expect(writePrivate(join(file, 'secret'), 'x')).rejects.toThrow(/^DATA_DIR: /)
  })

  it('that many keep at once is one and the same for all', async () => {
    const file = join(dataDir, 'kept')
    const kept = await Promise.all(Array.from({ length: 20 }, (_, n) => keepPrivate(file, `text ${n}`)))
    expect(new Set(kept)).toEqual(new Set([await readFile(file, 'utf8')]))
    expect(await readdir(dataDir)).toEqual(['kept'])
  })
})

describe('the secret of tokens', () => {
  const settings = (given: { jwtSecret?: string; production?: boolean } = {}) => ({
    jwtSecret: null,
    production: false,
    dataDir,
    ...given,
  })

  it('is the given one', async () => {
    expect(await jwtSecretOf(settings({ jwtSecret: 'given', production: true }))).toBe('given')
    expect(await readdir(dataDir)).toEqual([])
  })

  it('is made once outside production, and kept', async () => {
    const [made, again] = await Promise.all([jwtSecretOf(settings()), jwtSecretOf(settings())])
    expect(made).toHaveLength(43)
    expect(again).toBe(made)
    expect(await jwtSecretOf(settings({ production: true }))).toBe(made)
    expect(await modeOf(join(dataDir, 'secrets', 'jwt-secret'))).toBe(0o600)
  })

  it('must be given in production, or be there', async () => {
    await expect(jwtSecretOf(settings({ production: true }))).rejects.toThrow(/^JWT_SECRET: is missing/)
    expect(await readdir(dataDir)).toEqual([])
  })

  it('is not taken from a file that holds none', async () => {
    await writePrivate(join(dataDir, 'secrets', 'jwt-secret'), 'short\n')
    await expect(jwtSecretOf(settings())).rejects.toThrow(/^JWT_SECRET: what is kept in .* is no secret/)
  })
})

describe('a readable password', () => {
  it('has four groups of letters that look like no others, and is another each time', () => {
    const many = Array.from({ length: 200 }, readablePassword)
    expect(new Set(many).size).toBe(200)
    for (const password of many) expect(password).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/)
  })
})
