import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The first version without a known hole. `npm audit` asks a registry, which closed networks don't have. */
const floors = {
  fastify: '5.12.6',
  'engine.io': '6.6.10',
  'socket.io-parser': '4.2.7',
  ws: '8.20.1',
  '@trpc/server': '11.8.0',
  '@fastify/proxy-addr': '5.1.1',
  'markdown-it': '14.1.1',
}

const lockfile = readFileSync(join(import.meta.dirname, '..', 'pnpm-lock.yaml'), 'utf8')
const locked = Array.from(
  lockfile.matchAll(/^ {2}'?((?:@[^/\s]+\/)?[^@\s']+)@(\d[^:'(]*)'?:$/gm),
  ([, name = '', version = '']) => ({ name, version }),
)

describe('the lockfile', () => {
  test('is read whole: the packages we ask for ourselves are in it', () => {
    const names = locked.map(({ name }) => name)
    for (const name of ['fastify', '@trpc/server', 'socket.io', 'zod']) expect(names).toContain(name)
  })

  test.each(Object.entries(floors))('holds no %s older than %s', (name, floor) => {
    const versions = locked.filter(entry => entry.name === name).map(entry => entry.version)
    expect(versions.filter(version => isOlder(version, floor))).toEqual([])
  })

  test('names no registry', () => {
    expect(lockfile.match(/https?:\/\/\S+/g) ?? []).toEqual([])
  })
})

describe('isOlder', () => {
  test.each([
    ['5.12.5', '5.12.6', true],
    ['5.9.9', '5.12.6', true],
    ['4.99.0', '5.12.6', true],
    ['5.12.6-rc.1', '5.12.6', true],
    ['5.12.6', '5.12.6', false],
    ['5.13.0', '5.12.6', false],
    ['10.0.0', '5.12.6', false],
  ])('%s than %s: %s', (version, floor, older) => {
    expect(isOlder(version, floor)).toBe(older)
  })
})

function isOlder(version: string, floor: string): boolean {
  const [release = '', ...prerelease] = version.split('-')
  const order = release.localeCompare(floor, 'en', { numeric: true })
  return order < 0 || (order === 0 && prerelease.length > 0)
}
