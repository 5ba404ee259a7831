/** A text to a phone. */
export interface Text {
  /** E.164. */
  readonly to: string
  readonly code: string
  /** The sentence that the person reads; the code is in it. */
  readonly text: string
  /** ISO 8601. */
  readonly at: string
}

/**
 * `refused`: it was certainly not sent. `unanswered`: it may have been, nobody knows. The cause tells neither the number
 * nor the code.
 */
export type Handover =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'unanswered'; readonly cause: unknown }

/** Whoever sends texts to phones. It never throws, and answers within its own time. */
export interface Sms {
  send(text: Text): Promise<Handover>
}
