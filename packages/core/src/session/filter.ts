import type { SessionFilter } from '../ports/store/session-store.ts'

type Wished = { readonly [K in keyof SessionFilter]: SessionFilter[K] | undefined }

/** What is not wished for is not in the filter. */
export const filterOf = (wished: Wished): SessionFilter =>
  Object.fromEntries(Object.entries(wished).filter(([, value]) => value !== undefined))
