import type { TurnWrites } from '../../assignment/turn.ts'
import type { KnownFile } from '../../ports/store/file-store.ts'
import type { Store } from '../../ports/store.ts'
import type { NewOperator, NewPerson, NewTalk } from '../memory-store/fixtures.ts'

/** An empty store of one site, with what a test needs besides the port. */
export interface StoreUnderTest {
  readonly store: Store
  /** The same data through what another server process would use; the same store where there can't be another. */
  another(): Promise<Store>
  addPerson(person: NewPerson): Promise<void>
  /** Makes the person too; offline, nothing chosen. */
  addOperator(operator: NewOperator): Promise<void>
  addTalk(talk: NewTalk): Promise<void>
  addFile(file: KnownFile): Promise<void>
  /** Makes everything that is stored so much older, as if the store's clock had gone on. */
  ageBy(ms: number): Promise<void>
  audits(): Promise<readonly Pick<TurnWrites['audits'][number], 'actor' | 'action' | 'targetId'>[]>
  close(): Promise<void>
}

export type OpenStore = () => Promise<StoreUnderTest>

/** One promise of the port; the name quotes the rules of SPEC.md. */
export interface AcceptanceCase {
  readonly name: string
  run(open: OpenStore): Promise<void>
}
