import { vi } from 'vitest'

/** Milliseconds: patience, not a measure, as for `expect.poll`; Vitest has no setting for this one. */
const PATIENCE = 10_000

const { waitFor } = vi
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: PATIENCE, ...options })
