import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

let tree: string
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'parley-lint-'))
  cpSync(join(root, 'biome.json'), join(tree, 'biome.json'))
  cpSync(join(root, 'tooling', 'lint'), join(tree, 'tooling', 'lint'), { recursive: true })
})
afterEach(() => rmSync(tree, { recursive: true }))

describe('the lint of our own', () => {
  test.each([
    ['the clock', 'Date.now()', 'core receives time'],
    ['the clock as a value', '[1].map(Date.now)', 'core receives time'],
    ['the date of now', 'new Date()', 'core receives time'],
    ['a running time', 'performance.now()', 'core receives time'],
    ['the dice', 'Math.random()', 'core receives chance'],
    ['random ids', 'crypto.randomUUID()', 'core receives chance'],
    ['a way around', 'globalThis.Date.now()', 'core reaches nothing through globalThis'],
  ])('keeps %s out of core', (_, code, reason) => {
    expect(lint('packages/core/src/rule.ts', `export const x = ${code}`)).toContain(reason)
  })

  test('lets core compute with times it was given, and others read the clock', () => {
    expect(lint('packages/core/src/rule.ts', 'export const day = (at: number) => new Date(at)')).toBe('')
    expect(lint('apps/server/src/clock.ts', 'export const now = () => Date.now()')).toBe('')
  })

  test.each([
    'await new Promise(resolve => setTimeout(resolve, 50))',
    'await new Promise<void>(done => { setTimeout(done, 50) })',
    "import { setTimeout } from 'node:timers/promises'\nawait setTimeout(50)",
  ])('keeps sleeps out of tests: %s', code => {
    expect(lint('packages/sdk/src/link.test.ts', code)).toContain('A test must not sleep')
  })

  test('lets a test give up after a time', () => {
    const deadline = "await new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 50))"
    expect(lint('packages/sdk/src/link.test.ts', deadline)).toBe('')
  })
})

/** What our own rules say of a file. */
function lint(file: string, code: string): string {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), `${code}\n`)
  const cli = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--only=plugin', file]
  const run = spawnSync(process.execPath, [cli, ...args], { cwd: tree, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { category: string; message: string }[] }
  return diagnostics.map(({ message }) => message).join('\n')
}
