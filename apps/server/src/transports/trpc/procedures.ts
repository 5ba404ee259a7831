import type { OperationName, OperationNamed, Output, RawInput } from '@parley/contracts'
import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'

type Feature<N extends string> = N extends `${infer F}.${string}` ? F : never
type Act<N extends string> = N extends `${string}.${infer A}` ? A : never

interface Definition<N extends OperationName> {
  input: RawInput<N>
  output: Output<N>
  meta: unknown
}

type Procedure<N extends OperationName> = OperationNamed<N>['kind'] extends 'query'
  ? TRPCQueryProcedure<Definition<N>>
  : TRPCMutationProcedure<Definition<N>>

/** `session.start` is `client.session.start`: one procedure an operation, its types from the registry alone. */
export type Procedures = {
  [F in Feature<OperationName>]: {
    [A in Act<Extract<OperationName, `${F}.${string}`>>]: Procedure<Extract<OperationName, `${F}.${A}`>>
  }
}
