import type { Store } from '../../ports/store.ts'
import type { MemoryStore } from '../memory-store/memory-store.ts'

export type Fault = (store: MemoryStore) => Partial<Store>

/** What a store breaks, and the rule or words of a case that must notice. */
export type PlantedFault = readonly [fault: string, noticed: string, Fault]
