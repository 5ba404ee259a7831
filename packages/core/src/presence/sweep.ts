import type { AnnouncedWrites } from '../delivery/announcing-store.ts'
import type { Store } from '../ports/store.ts'
import { SYSTEM } from './system.ts'

/** Well under the 5 s that anyone may wait after a fault while an operator has room. Milliseconds. */
export const SWEEP_EVERY_MS = 2500

/** Every turn serves the queue; this one is for what a fault may have left in it. */
export async function sweep(store: Store, writes: AnnouncedWrites): Promise<void> {
  const [first] = await store.queue(1)
  if (first !== undefined) await writes.turn({ ...SYSTEM, kind: 'sweep' })
}
