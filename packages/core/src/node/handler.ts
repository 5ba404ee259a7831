import type { Input, Output } from '@parley/contracts'
import type { CallContext, CoreOperation, CoreSettings, Ports } from './chat-node.ts'

export type Deps = Ports & { readonly settings: CoreSettings }

/** The rules of one operation. Input is parsed; a refusal is thrown as a `Failure`. */
export type Handler<N extends CoreOperation> = (
  deps: Deps,
  context: CallContext,
  input: Input<N>,
) => Promise<Output<N>>

export type Handlers<N extends CoreOperation> = { readonly [K in N]: Handler<K> }
