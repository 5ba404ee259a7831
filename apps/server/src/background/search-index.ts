/** Sessions that are behind, of which one look tells at most. */
export const TOLD_MAX = 1000

/** What search finds messages by. Messages come into it a while after they are stored (Q9). */
export interface SearchIndex {
  /**
   * Takes in what the index lacks of these sessions, about 200 messages of it. `done`: those of which it lacked nothing more
   * when it looked; null: another node is feeding it.
   */
  feed(sessionIds: readonly string[]): Promise<readonly string[] | null>
  /** Which sessions the index is behind in: of the 20,000 after this id, the first 1,000. `next` is null at the end. */
  look(after: string): Promise<{ readonly behind: readonly string[]; readonly next: string | null }>
  lag(): Promise<SearchLag>
}

export interface SearchLag {
  /** Changes of sessions, nearly all of them new messages, that the index has not taken in. */
  readonly waiting: number
  /** How long ago the oldest of those messages was stored. */
  readonly seconds: number
}
