// Adds up what the tasks of a test run came to. A test of vitest counts one; any other check counts one as a whole.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{ taskId: string, command: string, directory: string, outputs: string[] | null }} Planned as in turbo's dry run
 * @typedef {{ taskId: string, cache: { status: string }, execution?: { exitCode?: number } }} Ran as in turbo's summary
 * @typedef {{ passed: number, skipped: number, failures: string[], cached: boolean }} Outcome
 * @typedef {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }} TestFile
 * @typedef {{ numPassedTests: number, numPendingTests: number, numTodoTests: number, testResults: TestFile[] }} Results
 */

/** Where the vitest preset leaves a run's results, under the package's folder. */
const resultsFolder = /(^|\/)test-results\/\*\*$/

/**
 * @param {Planned} task
 * @param {Ran | undefined} ran
 * @param {string} root
 * @returns {Outcome}
 */
export function outcomeOf(task, ran, root) {
  const folder = resultsOf(task)
  const cached = ran?.cache.status === 'HIT'
  const exitCode = ran?.execution?.exitCode
  if (exitCode === undefined) return failed([`${task.taskId} did not run: something it needs failed`])
  if (folder) return { ...vitestOutcome(task.taskId, join(root, folder, 'vitest.json'), exitCode), cached }
  return exitCode === 0
    ? { passed: 1, skipped: 0, failures: [], cached }
    : failed([`${task.taskId} (exit code ${exitCode})`])
}

/**
 * The folder of a task's test results, if it is a run of vitest.
 * @param {Planned} task
 */
export function resultsOf(task) {
  const output = task.outputs?.find(glob => resultsFolder.test(glob))
  return output && join(task.directory, output.slice(0, -'/**'.length))
}

/**
 * @param {string} taskId
 * @param {string} file
 * @param {number} exitCode
 */
function vitestOutcome(taskId, file, exitCode) {
  if (!existsSync(file)) return failed([`${taskId} left no results (exit code ${exitCode})`])
  /** @type {Results} */
  const results = JSON.parse(readFileSync(file, 'utf8'))
  const failures = results.testResults.flatMap(tests => failuresIn(taskId, tests))
  if (exitCode !== 0 && failures.length === 0)
    failures.push(`${taskId} (exit code ${exitCode}, though no test failed: see above)`)
  return {
    passed: results.numPassedTests,
    skipped: results.numPendingTests + results.numTodoTests,
    failures,
    cached: false,
  }
}

/**
 * @param {string} taskId
 * @param {TestFile} file
 */
function failuresIn(taskId, file) {
  const tests = file.assertionResults.filter(test => test.status === 'failed')
  if (tests.length > 0) return tests.map(test => `${taskId} ${test.fullName}`)
  // A file that does not load has no tests to fail.
  return file.status === 'failed' ? [`${taskId} ${file.name}`] : []
}

/**
 * @param {string[]} failures
 * @returns {Outcome}
 */
function failed(failures) {
  return { passed: 0, skipped: 0, failures, cached: false }
}

/**
 * @param {Outcome[]} outcomes
 */
export function total(outcomes) {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    skipped: outcomes.reduce((sum, { skipped }) => sum + skipped, 0),
    cached: outcomes.filter(({ cached }) => cached).length,
    failures: outcomes.flatMap(({ failures }) => failures),
  }
}

/** @param {{ passed: number, skipped: number, failures: string[] }} sum */
export function lastLine({ passed, skipped, failures }) {
  return `${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
