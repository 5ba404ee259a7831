import type { Conversation } from './conversations.ts'

export type Step =
  | {
      readonly kind: 'message'
      readonly by: 'visitor' | 'operator'
      readonly seq: number
      readonly text: string
    }
  | { readonly kind: 'assigned' }
  | { readonly kind: 'ended' }

export type TimedStep = Step & {
  readonly at: Date
  /** The session's number of it: from 1, no gaps. */
  readonly change: number
}

/** How long after the last word somebody ended it. */
const SAID_GOODBYE_MS = 45_000

/** A conversation's changes in their order, as if it had been held. */
export function timelineOf(conversation: Conversation, now: number): TimedStep[] {
  const start = now - conversation.startedAgo * 60_000
  let at = start
  let seq = 0
  const said = conversation.lines.map(([by, after, text]) => {
    at += after * 1000
    seq += 1
    return { kind: 'message' as const, by, seq, text, ms: at }
  })
  const steps: (Step & { readonly ms: number })[] = [
    ...said,
    ...(conversation.operatorId === null
      ? []
      : [{ kind: 'assigned' as const, ms: start + conversation.waited * 1000 }]),
    ...(conversation.end === null ? [] : [{ kind: 'ended' as const, ms: at + SAID_GOODBYE_MS }]),
  ]
  return steps
    .sort((one, other) => one.ms - other.ms)
    .map(({ ms, ...step }, index) => ({ ...step, at: new Date(ms), change: index + 1 }))
}

/** Until where a side has read: it has read what stands before each of its own words, and all once it has ended. */
export function readSeqOf(side: 'visitor' | 'operator', steps: readonly TimedStep[], ended: boolean): number {
  const said = steps.flatMap(step =>
    step.kind === 'message' && (ended || step.by === side) ? [step.seq] : [],
  )
  return Math.max(0, ...said)
}
