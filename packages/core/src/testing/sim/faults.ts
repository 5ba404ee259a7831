/** How badly the world behaves: shares of once, and the longest delays in milliseconds. */
export interface Faults {
  readonly busLoss: number
  readonly busRepeat: number
  readonly busDelayMs: number
  /** What was asked is not done. */
  readonly storeFailsBefore: number
  /** It is done, but the answer is lost. */
  readonly storeFailsAfter: number
  readonly storeDelayMs: number
  readonly linkDelayMs: number
  /** A request or its answer is lost. */
  readonly requestLoss: number
  /** A request arrives twice. */
  readonly requestRepeat: number
}

/** Everything works, though nothing at once. */
export const CALM: Faults = {
  busLoss: 0,
  busRepeat: 0,
  busDelayMs: 5,
  storeFailsBefore: 0,
  storeFailsAfter: 0,
  storeDelayMs: 5,
  linkDelayMs: 20,
  requestLoss: 0,
  requestRepeat: 0,
}
