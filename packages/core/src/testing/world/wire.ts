import type { Happening, Input, Output } from '@parley/contracts'
import type { CoreOperation } from '../../node/chat-node.ts'
import type { Link } from '../sim/link.ts'

/** What a client sends over its connection. */
export type Up =
  | { readonly kind: 'call'; readonly id: number; readonly name: CoreOperation; readonly input: unknown }
  | { readonly kind: 'pong' }

/** What it gets. */
export type Down =
  | { readonly kind: 'open' }
  | { readonly kind: 'event'; readonly happening: Happening }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'ping' }

export type Answer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly code: string }

export type Wire = Link<Up, Down>
export type In<N extends CoreOperation> = Input<N>
export type Out<N extends CoreOperation> = Output<N>
