/** Worlds that have found something: run as tests for ever, whatever else is run. */
export const KNOWN_SEEDS: readonly { readonly seed: number; readonly found: string }[] = [
  { seed: 12, found: 'a sync that failed half-way let its connection in, without an answer' },
  { seed: 90, found: 'two answers were due: the later snapshot began the hub, the earlier one had a hole' },
  { seed: 117, found: 'an operator who was given a session it had listened to never marked what it had' },
  { seed: 477, found: 'a status set without a connection counts, and no grace ends it' },
  { seed: 166, found: 'a session with an absent visitor was taken, and the check expected its end too soon' },
  { seed: 5032, found: 'a connection that had gone while a sync read its other sessions was kept for ever' },
  { seed: 21061, found: 'an older answer came after a newer one on the same connection' },
  { seed: 126, found: 'a session was heard from its beginning while its backlog was still being found' },
  { seed: 210, found: 'a session was shown to a connection whose inbox had failed to open' },
]
