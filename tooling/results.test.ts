import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lastLine, outcomeOf, total } from './results.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-results-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const lint = { taskId: '//#lint', command: 'biome check', directory: '', outputs: null }
const tests = {
  taskId: '@parley/core#test',
  command: 'vitest run',
  directory: 'packages/core',
  outputs: ['test-results/**'],
}

describe('a check', () => {
  test('counts one', () => {
    expect(outcomeOf(lint, ended(0), root)).toMatchObject({ passed: 1, failures: [] })
    expect(outcomeOf(lint, ended(1), root)).toMatchObject({ passed: 0, failures: ['//#lint (exit code 1)'] })
  })

  test('that turbo never began is a failure', () => {
    expect(outcomeOf(lint, undefined, root).failures).toEqual([
      '//#lint did not run: something it needs failed',
    ])
  })
})

describe('a run of tests', () => {
  test('counts each test', () => {
    leave({ passed: 5, skipped: 2, files: [] })
    expect(outcomeOf(tests, ended(0), root)).toMatchObject({
      passed: 5,
      skipped: 2,
      failures: [],
      cached: false,
    })
  })

  test('says so when its results come from the cache', () => {
    leave({ passed: 5, skipped: 0, files: [] })
    expect(outcomeOf(tests, { ...ended(0), cache: { status: 'HIT' } }, root)).toMatchObject({
      passed: 5,
      cached: true,
    })
  })

  test('names the tests that failed', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'M1 numbers' },
      { status: 'failed', fullName: 'M2 repeats' },
    ]
    leave({ passed: 1, skipped: 0, files: [{ name: 'send.test.ts', status: 'failed', assertionResults }] })
    expect(outcomeOf(tests, ended(1), root)).toMatchObject({
      passed: 1,
      failures: ['@parley/core#test M2 repeats'],
    })
  })

  test('names the files that did not load', () => {
    leave({
      passed: 1,
      skipped: 0,
      files: [{ name: 'send.test.ts', status: 'failed', assertionResults: [] }],
    })
    expect(outcomeOf(tests, ended(1), root).failures).toEqual(['@parley/core#test send.test.ts'])
  })

  test('fails when it ends badly though each test passed', () => {
    leave({ passed: 5, skipped: 0, files: [] })
    const { passed, failures } = outcomeOf(tests, ended(1), root)
    expect(passed).toBe(5)
    expect(failures).toEqual(['@parley/core#test (exit code 1, though no test failed: see above)'])
  })

  test('fails when it leaves no results, however it ends', () => {
    expect(outcomeOf(tests, ended(137), root).failures).toHaveLength(1)
    expect(outcomeOf(tests, ended(0), root).failures).toHaveLength(1)
  })
})

test('the last line is the sum', () => {
  const passed = { passed: 3, skipped: 0, failures: [], cached: true }
  const mixed = { passed: 1, skipped: 2, failures: ['a', 'b'], cached: false }
  expect(lastLine(total([passed]))).toBe('3 passed, 0 failed')
  expect(lastLine(total([passed, mixed]))).toBe('4 passed, 2 failed, 2 skipped')
})

function ended(exitCode: number) {
  return { taskId: '', cache: { status: 'MISS' }, execution: { exitCode } }
}

function leave({ passed, skipped, files }: { passed: number; skipped: number; files: object[] }) {
  const folder = join(root, 'packages/core/test-results')
  mkdirSync(folder, { recursive: true })
  const results = { numPassedTests: passed, numPendingTests: skipped, numTodoTests: 0, testResults: files }
  writeFileSync(join(folder, 'vitest.json'), JSON.stringify(results))
}
