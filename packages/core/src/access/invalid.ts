import { Failure } from '@parley/contracts'
import type { RuleSentence } from '@parley/contracts/texts'

/** One field is wrong, in the operation's own spelling; `params` are for the sentence. */
export const invalid = (
  path: string,
  message: RuleSentence,
  params: Readonly<Record<string, number>> = {},
): Failure => new Failure('validation_failed', params, [{ path, message }])
