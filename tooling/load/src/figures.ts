export interface Member {
  readonly userId: string
  readonly senderType: 'user' | 'agent'
  readonly token: string
}

/** A session of two who write to each other. */
export interface Pair {
  readonly sessionId: string
  readonly members: readonly Member[]
}

/** What the peers' process is to do. */
export interface Plan {
  readonly url: string
  readonly sessions: readonly Pair[]
  /** Messages a second, all peers together. */
  readonly rate: number
  readonly seconds: number
  readonly warmupSeconds: number
  /** Unanswered messages of one sender at most. */
  readonly inFlight: number
  /** Keeps client message ids of runs apart. */
  readonly run: string
}

/** Milliseconds. */
export interface Latency {
  readonly p50: number
  readonly p99: number
}

export interface Figures {
  readonly sent: number
  readonly acknowledged: number
  readonly refused: number
  readonly lost: number
  readonly doubled: number
  readonly disordered: number
  readonly ack: Latency
  readonly delivery: Latency
}

/** What the peers' process tells the one that started it. */
export type Report =
  | { readonly kind: 'measuring' }
  | { readonly kind: 'measured' }
  | { readonly kind: 'figures'; readonly figures: Figures }

/** A server that is measured. */
export interface Measured {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

export const pause = (ms: number): Promise<void> => new Promise(resume => setTimeout(resume, ms))

export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
export const fixed = (number: number): string => number.toFixed(2)
