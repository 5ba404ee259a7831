import './node-version.mjs'
import { bootstrap, Failed, main } from './bootstrap.mjs'
import { lastLine } from './results.mjs'

const known = ['--quick', '--force']
const couldNotBegin = lastLine({ passed: 0, skipped: 0, failures: ['the run itself'] })

await main(test, couldNotBegin)

async function test() {
  const options = process.argv.slice(2)
  const unknown = options.find(option => !known.includes(option))
  if (unknown) throw new Failed(`Unknown option ${unknown}; there are ${known.join(' and ')}.`)
  await bootstrap()
  // Not before: it needs the packages that have just been installed.
  const { runTests } = await import('./test-run.mjs')
  process.exitCode = await runTests({
    quick: options.includes('--quick'),
    force: options.includes('--force'),
  })
}
