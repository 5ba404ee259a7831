/** How an operator is chosen: see A-rules in the core's SPEC.md. */
export const STRATEGIES = ['least-busy', 'round-robin'] as const
export type Strategy = (typeof STRATEGIES)[number]
