import { type CallBinding, type Fields, type RestBinding, spelledPath } from '../bindings/define.ts'
import { FRAME_CALLS } from '../bindings/frames.ts'
import { REST } from '../bindings/rest.ts'
import { CHAT_CALLS } from '../bindings/socket-chat.ts'
import { SUPPORT_CALLS } from '../bindings/socket-support.ts'

type Binding = Pick<RestBinding | CallBinding, 'operation' | 'fields'>

/** Examples are spelled as the operation's first binding of these has it. */
const BINDINGS: readonly Binding[] = [...REST, ...SUPPORT_CALLS, ...CHAT_CALLS, ...FRAME_CALLS]
const fieldsOfExamples = new Map<string, Fields>(
  [...BINDINGS].reverse().map(({ operation, fields = {} }) => [operation, fields]),
)

/** The name, or path, of a field of an example as this binding spells it. */
export function fieldFor({ operation, fields = {} }: Binding, path: string): string {
  const [head = '', ...rest] = path.split('.')
  const ours = fieldsOfExamples.get(operation)?.[head] ?? head
  return spelledPath([ours, ...rest].join('.'), fields)
}

/** The payload of an example as this binding spells it. */
export const payloadFor = (binding: Binding, payload: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(payload).map(([name, value]) => [fieldFor(binding, name), value]))
