/** Ids and chance are received, so that a seed repeats a run. */
export interface Ids {
  /** A new UUIDv7: later ones of one process sort after earlier ones. */
  next(): string
  /** In [0, 1). */
  chance(): number
}
