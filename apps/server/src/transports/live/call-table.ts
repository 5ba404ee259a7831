import type { CallBinding } from '@parley/contracts'

export type CallTable = ReadonlyMap<string, CallBinding>

export const callTable = (...families: readonly (readonly CallBinding[])[]): CallTable =>
  new Map(families.flat().map(binding => [binding.event, binding]))
