import { describe, expect, it } from 'vitest'
import { exampleEntities, operationExamples } from '../examples/index.ts'
import type { EventBinding } from './define.ts'
import { FRAME_CALLS, FRAME_EVENTS } from './frames.ts'
import { CHAT_CALLS, CHAT_EVENTS, SHARED_EVENTS } from './socket-chat.ts'

const { message, userId } = exampleEntities
const call = (name: string) => [...CHAT_CALLS, ...FRAME_CALLS].find(({ event }) => event === name)!
const namesFor = (events: readonly EventBinding[], of: string, data: unknown, reader: string) =>
  events
    .filter(binding => binding.of === of && (binding.hears?.(data as never, reader) ?? true))
    .map(({ event }) => event)

describe('calls of the documented clients', () => {
  it('gives users:online its bare list', () => {
    const { output } = operationExamples['user.online']
    expect(call('users:online').bareAcknowledgement?.(output as never)).toEqual([
      expect.objectContaining({ _id: userId }),
    ])
    expect(call('users:online').reply?.unlessAcknowledged).toBe(true)
  })

  it('names the message that a text_message has made', () => {
    expect(call('text_message').echo?.(message as never)).toEqual({ messageId: message.id })
  })

  it.each(['recall_window_passed', 'forbidden', 'not_found'] as const)(
    'tells a recall that is %s by its own name',
    reason => {
      const told = call('message_recall').failed!
      const payload = told.payload(reason, { messageId: message.id })
      expect(payload).toEqual({ messageId: message.id, reason })
      expect(told.schema.safeParse(payload).error).toBeUndefined()
    },
  )

  it('tells other failures of a recall as any other', () => {
    for (const code of ['validation_failed', 'rate_limited', 'unavailable'] as const)
      expect(call('message_recall').failed?.payload(code, { messageId: message.id })).toBeNull()
  })
})

describe('one event, a name for each reader', () => {
  it('is message_sent or message:sent to its sender, new_message or message:receive to the others', () => {
    const data = { sessionId: message.sessionId, change: 2, message }
    const heardBy = (reader: string) => [
      ...namesFor(FRAME_EVENTS, 'message.created', data, reader),
      ...namesFor(CHAT_EVENTS, 'message.created', data, reader),
    ]
    expect(heardBy(message.senderId)).toEqual(['message_sent', 'message:sent'])
    expect(heardBy('somebody-else')).toEqual(['new_message', 'message:receive'])
  })

  it.each([
    [true, 'typing:start'],
    [false, 'typing:stop'],
  ])('isTyping %s is %s', (isTyping, name) => {
    const data = { sessionId: message.sessionId, userId, userType: 'user', isTyping }
    expect(namesFor(SHARED_EVENTS, 'typing.changed', data, 'somebody-else')).toEqual([name])
  })
})
