import type { OperationName } from '@parley/contracts'
import type { TestServer } from '../support/server.ts'
import type { Input } from './doors.ts'
import type { CallerName, Kind, Scene } from './scene.ts'

/** One row of who may do what, as api.md says it. Who is in none of the lists is refused like `otherwise`. */
export interface Row {
  readonly operation: OperationName
  /** Of what kind the session is, where the row is about one; the same row for each. */
  readonly kinds: readonly Kind[]
  /** Told in the test's name, where an operation has several rows. */
  readonly about?: string
  readonly input: (scene: Scene, caller: CallerName, server: TestServer) => Input | Promise<Input>
  readonly ok: readonly CallerName[]
  readonly refused?: Readonly<Partial<Record<CallerName, string>>>
  readonly otherwise: string
}

export const STAFF = ['operator', 'nurse', 'admin'] as const
export const all = (names: readonly CallerName[], code: string) =>
  Object.fromEntries(names.map(name => [name, code])) as Partial<Record<CallerName, string>>

export const inSession = ({ sessionId }: Scene) => ({ sessionId })
export const ANY: readonly Kind[] = ['private']
