import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root, turbo, turboPlan } from './bootstrap.mjs'
import { lastLine, outcomeOf, resultsOf, total } from './results.mjs'
import { findServices, foundEnv } from './services.mjs'

const summaries = join(root, '.turbo', 'runs')

const checks = ['lint', 'fences', 'knip', 'typecheck', 'build', 'test:tooling', 'test', 'budgets']

const quickChecks = [
  'lint',
  'fences',
  'typecheck',
  '@parley/contracts#test',
  '@parley/core#test',
  '@parley/sdk#test',
]

/** Seeds of the simulated world; its own default is the number that a full run wants. */
const quickSeeds = '100'

/**
 * @param {{ quick: boolean, force: boolean }} options
 * @returns {Promise<number>} the exit code
 */
export async function runTests({ quick, force }) {
  const services = quick ? [] : await findServices(process.env)
  const env = testEnv(services, quick)
  const flags = [
    `--concurrency=${Math.max(2, Math.floor(availableParallelism() / 2))}`,
    ...(force ? ['--force'] : []),
  ]
  const outcomes = await round(quick ? quickChecks : checks, flags, env)
  // End to end comes last and alone: it measures patience in seconds, with browsers and servers of its own.
  const last = quick ? new Map() : await round(['e2e'], flags, env)
  return report([...new Map([...last, ...outcomes]).values()], services)
}

/**
 * @param {import('./services.mjs').Service[]} services
 * @param {boolean} quick
 * @returns {NodeJS.ProcessEnv}
 */
function testEnv(services, quick) {
  // A variable that names what does not answer is taken away: tests would wait for it.
  const unset = Object.fromEntries(services.map(({ variable }) => [variable, undefined]))
  return { ...unset, ...foundEnv(services), ...(quick ? { PARLEY_TEST_SEEDS: quickSeeds } : {}) }
}

/**
 * @param {string[]} tasks
 * @param {string[]} flags
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Map<string, import('./results.mjs').Outcome>>} by task
 */
async function round(tasks, flags, env) {
  const planned = turboPlan(tasks, env).filter(({ command }) => command !== '<NONEXISTENT>')
  forgetLastRun(planned)
  const shown = [
    '--summarize',
    '--continue=dependencies-successful',
    '--output-logs=new-only',
    '--log-order=grouped',
  ]
  await turbo([...tasks, ...flags, ...shown], { env })
  const ran = new Map(readSummary().map(task => [task.taskId, task]))
  return new Map(planned.map(task => [task.taskId, outcomeOf(task, ran.get(task.taskId), root)]))
}

/**
 * Results that turbo neither writes nor restores now must not be taken for today's.
 * @param {import('./results.mjs').Planned[]} planned
 */
function forgetLastRun(planned) {
  rmSync(summaries, { recursive: true, force: true })
  for (const task of planned) {
    const folder = resultsOf(task)
    if (folder) rmSync(join(root, folder), { recursive: true, force: true })
  }
}

/** @returns {import('./results.mjs').Ran[]} */
function readSummary() {
  const [summary] = readdirSync(summaries)
  if (!summary) throw new Error(`turbo left no summary in ${summaries}`)
  return JSON.parse(readFileSync(join(summaries, summary), 'utf8')).tasks
}

/**
 * @param {import('./results.mjs').Outcome[]} outcomes
 * @param {import('./services.mjs').Service[]} services
 */
function report(outcomes, services) {
  const { cached, ...sum } = total(outcomes)
  const missing = services.flatMap(({ what, missing }) => (missing ? [`${what} (${missing})`] : []))
  // A machine that runs the tests for everyone has all parts, or its green would mean less than it says.
  if (process.env['CI'] === 'true') sum.failures.push(...missing.map(part => `missing under CI: ${part}`))
  console.log()
  if (cached > 0)
    console.log(
      `${cached} of ${outcomes.length} tasks had passed with the same input: not run again (--force runs them).`,
    )
  for (const part of missing) console.log(`Left out, with the tests that need it: ${part}`)
  for (const failure of sum.failures) console.log(`FAILED ${failure}`)
  console.log(lastLine(sum))
  return sum.failures.length === 0 ? 0 : 1
}
