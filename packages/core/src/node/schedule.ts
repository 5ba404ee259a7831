import { HEARTBEAT_EVERY_MS } from '../presence/heartbeat.ts'
import { JOBS_EVERY_MS } from '../presence/jobs.ts'
import { SWEEP_EVERY_MS, sweep } from '../presence/sweep.ts'
import type { Parts } from './parts.ts'

/** How far sessions have come is compared with the store this often. Milliseconds. */
export const COMPARE_EVERY_MS = 2000
const REAP_EVERY_MS = 3000
/** Who came into a session without this node hearing of it is looked for this often: found within 5 s (D18). Milliseconds. */
export const LOOK_FOR_PARTS_EVERY_MS = 3500
/** Lists are looked at whole this often, for what no note has told. Milliseconds. */
export const HEAL_LISTS_EVERY_MS = 15_000

/** All that a node does without being asked. */
export function schedule(parts: Parts): void {
  const { background, heartbeat, hubs, inboxes, news, lists, jobs, store, writes } = parts
  background.every('saying that this node lives', HEARTBEAT_EVERY_MS, () => heartbeat.beat())
  background.every('looking for dead nodes', REAP_EVERY_MS, () => heartbeat.reap())
  background.every('comparing sessions with the store', COMPARE_EVERY_MS, () => hubs.compare())
  background.every('looking for untold assignments', COMPARE_EVERY_MS, () => news.heal())
  background.every('looking for new sessions', LOOK_FOR_PARTS_EVERY_MS, () => inboxes.heal())
  background.every('running due jobs', JOBS_EVERY_MS, () => jobs.run())
  background.every('sweeping the queue', SWEEP_EVERY_MS, () => sweep(store, writes))
  background.every('looking at whole lists', HEAL_LISTS_EVERY_MS, () => lists.heal())
}

/** The bus was away and is back: everything that it may have lost, now. */
export function healAll({ background, hubs, inboxes, news, lists }: Parts): void {
  background.run('comparing sessions with the store', () => hubs.compare())
  background.run('looking for untold assignments', () => news.heal())
  background.run('looking for new sessions', () => inboxes.heal())
  background.run('looking at whole lists', () => lists.heal())
}
