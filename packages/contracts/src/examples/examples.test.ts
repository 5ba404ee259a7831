import { describe, expect, it } from 'vitest'
import type { CallBinding, RestBinding } from '../bindings/define.ts'
import { respell, spelledPath } from '../bindings/define.ts'
import { FRAME_CALLS, FRAME_EVENTS } from '../bindings/frames.ts'
import { REST } from '../bindings/rest.ts'
import { CHAT_CALLS, CHAT_EVENTS, SESSION_CHANGED, SYNCED_EVENTS } from '../bindings/socket-chat.ts'
import { SUPPORT_CALLS, SUPPORT_EVENTS } from '../bindings/socket-support.ts'
import { EVENTS, type Happening, OPERATIONS, type OperationName, operationsByName } from '../registry.ts'
import { eventExamples, fieldFor, operationExamples, payloadFor } from './index.ts'

const CALLS: readonly CallBinding[] = [...SUPPORT_CALLS, ...CHAT_CALLS, ...FRAME_CALLS]
const bindingsOf = (name: OperationName): readonly (RestBinding | CallBinding)[] =>
  [...REST, ...CALLS].filter(binding => binding.operation === name)

describe.each(OPERATIONS.map(({ name }) => name))('%s', name => {
  const { valid, invalid, output } = operationExamples[name]
  const { input } = operationsByName[name]
  const bindings = bindingsOf(name)

  it('is spelled by some binding', () => {
    expect(bindings).not.toHaveLength(0)
  })

  it.each(bindings.flatMap(binding => valid.map(payload => ({ binding, payload }))))(
    'takes $payload',
    ({ binding, payload }) => {
      expect(input.safeParse(respell(payloadFor(binding, payload), binding)).error).toBeUndefined()
    },
  )

  it.each(bindings.flatMap(binding => invalid.map(example => ({ binding, ...example }))))(
    'refuses $payload for $at',
    ({ binding, payload, at }) => {
      const sent = payloadFor(binding, payload as object)
      const problems = input.safeParse(respell(sent, binding)).error?.issues ?? []
      const paths = problems.map(({ path }) => spelledPath(path.join('.'), binding.fields))
      expect(paths).toContain(fieldFor(binding, at))
    },
  )

  it('answers with what its schema says', () => {
    expect(operationsByName[name].output.safeParse(output).error).toBeUndefined()
  })
})

describe('answers in the documented spelling', () => {
  it.each(REST.map(binding => [`${binding.method} ${binding.path}`, binding] as const))(
    '%s',
    (_, binding) => {
      const { output } = operationExamples[binding.operation]
      const { data } = binding.answer?.(output) ?? { data: output }
      expect(binding.data.safeParse(data).error).toBeUndefined()
      expect(binding.statuses ?? [200]).toContain(binding.status?.(output) ?? 200)
    },
  )

  it.each(CALLS.filter(call => call.reply).map(call => [call.event, call] as const))('%s', (_, call) => {
    const { output } = operationExamples[call.operation]
    expect(call.reply?.schema.safeParse(call.reply.payload(output)).error).toBeUndefined()
  })
})

describe('events', () => {
  it.each(EVENTS.map(event => [event.name, event] as const))('%s', (name, event) => {
    expect(event.data.safeParse(eventExamples[name]).error).toBeUndefined()
  })

  const spelled = [...SUPPORT_EVENTS, ...CHAT_EVENTS, ...SYNCED_EVENTS, ...FRAME_EVENTS]
  it.each(spelled.map(binding => [binding.event, binding] as const))(
    '%s as listeners hear it',
    (_, binding) => {
      const payload = binding.payload(eventExamples[binding.of])
      expect(binding.schema.safeParse(payload).error).toBeUndefined()
    },
  )

  it('makes session:changed of every counted event that a family may have no name for', () => {
    const named = new Set<string>(['message.created', ...SYNCED_EVENTS.map(({ of }) => of)])
    for (const { name } of EVENTS.filter(event => event.counted && !named.has(event.name))) {
      const payload = SESSION_CHANGED.payload({ name, data: eventExamples[name] } as Happening)
      expect(SESSION_CHANGED.schema.safeParse(payload).error).toBeUndefined()
    }
  })
})
