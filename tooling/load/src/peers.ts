// The clients of a load run, in a process of their own: pairs that write to each other at a steady rate.
// Gets its plan and reports over IPC.
import { once } from 'node:events'
import { type Figures, type Latency, type Plan, pause, type Report } from './figures.ts'
import { type Notes, Peer } from './peer.ts'

const [plan] = (await once(process, 'message')) as [Plan]
const notes: Notes = {
  run: plan.run,
  measuring: false,
  sentAt: new Map(),
  acknowledged: new Set(),
  ackTimes: [],
  deliveryTimes: [],
  refused: 0,
}

const report = (message: Report) => process.send?.(message)

/** Sends `rate` a second, spread over the peers, none of them with more than `inFlight` unanswered. */
async function drive(peers: readonly Peer[], seconds: number): Promise<number> {
  const start = performance.now()
  let sent = 0
  let next = 0
  while (performance.now() - start < seconds * 1000) {
    const due = Math.floor(((performance.now() - start) / 1000) * plan.rate)
    for (let full = 0; sent < due && full < peers.length; ) {
      const peer = peers[next++ % peers.length] as Peer
      if (peer.open < plan.inFlight) {
        peer.send()
        sent++
      } else full++
    }
    await pause(2)
  }
  return sent
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!isSo() && performance.now() < deadline) await pause(20)
}

const latency = (times: number[]): Latency => {
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

function figuresOf(peers: readonly Peer[], expected: ReadonlyMap<string, string[]>, sent: number): Figures {
  const sum = (pick: (peer: Peer) => number) => peers.reduce((total, peer) => total + pick(peer), 0)
  return {
    sent,
    acknowledged: notes.acknowledged.size,
    refused: notes.refused,
    lost: sum(peer => peer.listener.missing(expected.get(peer.sessionId) ?? [])),
    doubled: sum(peer => peer.listener.doubled),
    disordered: sum(peer => peer.listener.disordered),
    ack: latency(notes.ackTimes),
    delivery: latency(notes.deliveryTimes),
  }
}

const peers: Peer[] = []
for (const session of plan.sessions) {
  for (const member of session.members) peers.push(await Peer.join(notes, plan.url, session, member))
}
await drive(peers, plan.warmupSeconds)
notes.measuring = true
report({ kind: 'measuring' })
const sent = await drive(peers, plan.seconds)
report({ kind: 'measured' })
notes.measuring = false
await until(() => peers.every(({ open }) => open === 0))

const expected = new Map<string, string[]>()
for (const peer of peers) {
  expected.set(peer.sessionId, [...(expected.get(peer.sessionId) ?? []), ...peer.acknowledged()])
}
await until(() => peers.every(peer => peer.listener.missing(expected.get(peer.sessionId) ?? []) === 0))
report({ kind: 'figures', figures: figuresOf(peers, expected, sent) })
for (const peer of peers) peer.leave()
process.disconnect()
