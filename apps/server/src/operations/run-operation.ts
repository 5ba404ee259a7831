import {
  Failure,
  FORWARD_MAX,
  type Input,
  type OperationName,
  type Output,
  operationsByName,
} from '@parley/contracts'
import type { Limits } from './limits/limits.ts'
import { assertMayCall } from './may-call.ts'
import { problemsOf, problemText, retold, type Spelling } from './problems.ts'
import type { Handlers, Locale, ServerContext } from './types.ts'
import type { UnderWay } from './under-way.ts'

/** One call of one operation, whichever door it came through. The caller is known by now. */
export type RunOperation = <N extends OperationName>(
  name: N,
  context: ServerContext,
  rawInput: unknown,
  spelling?: Spelling,
) => Promise<Output<N>>

/** Told of every call, by its name and outcome: `ok` or the failure's code. */
export type ObserveCall = (name: OperationName, outcome: string, milliseconds: number) => void

export interface RunParts {
  readonly handlers: Handlers
  readonly limits: Limits
  /** Outside production every answer is held against its schema, in production all but those of `HOT_PATH`. */
  readonly production: boolean
  readonly observe: ObserveCall
  readonly underWay: UnderWay
}

/** Called so often that holding the answer against its schema would be felt; tests do it for these. */
const HOT_PATH: ReadonlySet<OperationName> = new Set([
  'message.send',
  'message.read',
  'typing.set',
  'session.sync',
])

/** limit → parse → may? → handle → check the output. One frame for all of it: it runs for every message. */
export function createRunOperation({
  handlers,
  limits,
  production,
  observe,
  underWay,
}: RunParts): RunOperation {
  return async (name, context, rawInput, spelling) => {
    underWay.enter()
    const startedAt = performance.now()
    let outcome = 'ok'
    try {
      await countCall(limits, name, context, rawInput)
      // Before the input: who may not call learns nothing of what it takes.
      assertMayCall(operationsByName[name], context.caller)
      const output = await handlers[name](context, parse(name, rawInput, context, spelling))
      return production && HOT_PATH.has(name) ? output : checked(name, output)
    } catch (error) {
      outcome = error instanceof Failure ? error.code : 'internal'
      throw error instanceof Failure ? retold(error, context.locale, spelling) : error
    } finally {
      observe(name, outcome, performance.now() - startedAt)
      underWay.leave()
    }
  }
}

const UNCOUNTED = Promise.resolve()

/** A message over a live connection counts as a message alone: over REST it is a request too. */
function countCall(
  limits: Limits,
  name: OperationName,
  { caller, address, connection }: ServerContext,
  rawInput: unknown,
): Promise<void> {
  // Whoever watches over the server must not be told that it is too busy to say how it is.
  if (name === 'health.get') return UNCOUNTED
  const messages = messagesOf(name, rawInput)
  if (messages === 0) return limits.request(caller, address)
  if (connection !== null) return limits.send(caller, address, messages)
  return limits.request(caller, address).then(() => limits.send(caller, address, messages))
}

/** What reaches others: as many messages as there are sessions to forward to, and a request to be friends. */
function messagesOf(name: OperationName, rawInput: unknown): number {
  if (name === 'message.send' || name === 'friend.request') return 1
  if (name !== 'message.forward') return 0
  const { sessionIds } = (rawInput ?? {}) as { readonly sessionIds?: unknown }
  return Array.isArray(sessionIds) ? Math.min(Math.max(sessionIds.length, 1), FORWARD_MAX) : 1
}

function parse<N extends OperationName>(
  name: N,
  rawInput: unknown,
  context: ServerContext,
  spelling: Spelling | undefined,
): Input<N> {
  if (isDeeperThan(rawInput, DEEPEST)) throw tooDeep(context.locale)
  const parsed = operationsByName[name].input.safeParse(rawInput)
  if (parsed.success) return parsed.data as Input<N>
  throw new Failure('validation_failed', {}, problemsOf(parsed.error, context.locale, spelling))
}

/** Levels of an input. Schemas that take free JSON walk it by recursion. */
const DEEPEST = 16

const tooDeep = (locale: Locale) =>
  new Failure('validation_failed', {}, [{ path: '', message: problemText(locale, 'too_deep') }])

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(inner => isDeeperThan(inner, levels - 1))
}

/** The answer with nothing in it that its schema does not name. */
function checked<N extends OperationName>(name: N, output: Output<N>): Output<N> {
  const parsed = operationsByName[name].output.safeParse(output)
  if (parsed.success) return parsed.data as Output<N>
  throw new BrokenContract(name, parsed.error.issues)
}

/** An answer that is not what the contract says: a bug of ours, told to nobody outside. */
export class BrokenContract extends Error {
  readonly issues: unknown

  constructor(where: string, issues: unknown) {
    super(`${where} answered something else than its contract says`)
    this.name = 'BrokenContract'
    this.issues = issues
  }
}
