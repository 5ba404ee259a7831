// npm run load [-- --rounds 3 --seconds 10 --sessions 200 --rate 5000 --only cpu|latency|start|backlog|search]
// Prints ratios of Parley against the bare relay, both measured in turn in this run. See README.md.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureBacklog } from './backlog.ts'
import { type Figures, fixed, type Measured, median, type Pair, type Plan, type Report } from './figures.ts'
import { parleyPairs, relayPairs } from './pairs.ts'
import { measureSearch } from './search.ts'
import {
  cpuSeconds,
  dropDataDir,
  freshDatabase,
  here,
  newDataDir,
  residentMb,
  startParley,
  startRelay,
} from './servers.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    sessions: { type: 'string', default: '200' },
    rate: { type: 'string', default: '5000' },
    only: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const count = Number(values.sessions)

interface Result extends Figures {
  /** Microseconds. */
  readonly cpuPerMessage: number
  readonly residentMb: number
}

/** One load run against a server: the peers' figures, and the CPU the server used meanwhile. */
function run(server: Measured, sessions: readonly Pair[], rate: number, name: string): Promise<Result> {
  const plan: Plan = { url: server.url, sessions, rate, seconds, warmupSeconds: 3, inFlight: 4, run: name }
  const child = fork(join(here, 'peers.js'))
  child.send(plan)
  return new Promise((resolve, reject) => {
    let before = 0
    let cpu = 0
    child.on('message', (report: Report) => {
      if (report.kind === 'measuring') before = cpuSeconds(server.pid)
      else if (report.kind === 'measured') cpu = cpuSeconds(server.pid) - before
      else {
        const { figures } = report
        resolve({ ...figures, cpuPerMessage: (cpu / figures.sent) * 1e6, residentMb: residentMb(server.pid) })
      }
    })
    child.once('exit', code => code && reject(new Error(`the peers ended with ${code}`)))
  })
}

async function onRelay(rate: number, name: string): Promise<Result> {
  const server = await startRelay()
  try {
    return await run(server, relayPairs(count), rate, name)
  } finally {
    await server.stop()
  }
}

async function onParley(rate: number, name: string): Promise<Result> {
  const [database, dataDir] = [await freshDatabase(), newDataDir()]
  try {
    const server = await startParley(database.url, dataDir)
    try {
      return await run(server, await parleyPairs(server.url, count), rate, name)
    } finally {
      await server.stop()
    }
  } finally {
    await database.drop()
    dropDataDir(dataDir)
  }
}

const describe = (name: string, rate: number, round: number, result: Result) =>
  `${name.padEnd(7)} ${rate}/s round ${round}: ${result.sent} sent, cpu ${fixed(result.cpuPerMessage)} µs a message, ` +
  `ack p50 ${fixed(result.ack.p50)} p99 ${fixed(result.ack.p99)} ms, ` +
  `delivery p50 ${fixed(result.delivery.p50)} p99 ${fixed(result.delivery.p99)} ms, ${fixed(result.residentMb)} MB, ` +
  `lost ${result.lost} doubled ${result.doubled} disordered ${result.disordered} refused ${result.refused}`

interface Ratio {
  readonly name: string
  readonly value: (result: Result) => number
  readonly aim: string
}

async function compare(rate: number, ratios: readonly Ratio[]): Promise<void> {
  const pairs: [Result, Result][] = []
  for (let round = 1; round <= rounds; round++) {
    const relay = await onRelay(rate, `r${round}`)
    console.log(describe('relay', rate, round, relay))
    const parley = await onParley(rate, `p${round}`)
    console.log(describe('parley', rate, round, parley))
    pairs.push([relay, parley])
  }
  for (const { name, value, aim } of ratios) {
    const each = pairs.map(([relay, parley]) => value(parley) / value(relay))
    const list = each.map(fixed).join(', ')
    console.log(`RATIO ${name} at ${rate}/s: median ${fixed(median(each))} (${list}), aim ${aim}`)
  }
}

async function coldStarts(): Promise<void> {
  const [database, dataDir] = [await freshDatabase(), newDataDir()]
  const startOnce = async () => {
    const server = await startParley(database.url, dataDir)
    await server.stop()
    return server.startedInMs
  }
  try {
    await startOnce()
    const times: number[] = []
    for (let n = 0; n < 5; n++) times.push(await startOnce())
    const list = times.map(Math.round).join(', ')
    console.log(`COLD START on PostgreSQL: median ${Math.round(median(times))} ms (${list}), aim 1000 ms`)
  } finally {
    await database.drop()
    dropDataDir(dataDir)
  }
}

const wanted = (part: string) => values.only === undefined || values.only === part
if (wanted('start')) await coldStarts()
if (wanted('cpu')) {
  await compare(Number(values.rate), [
    { name: 'server CPU a message', value: result => result.cpuPerMessage, aim: '1.5' },
  ])
}
if (wanted('latency')) {
  await compare(500, [
    { name: 'ack p99', value: result => result.ack.p99, aim: '3' },
    { name: 'delivery p99', value: result => result.delivery.p99, aim: '3' },
  ])
}
if (wanted('backlog')) await measureBacklog()
if (wanted('search')) await measureSearch()
