import { CHAT_CALLS, Failure, FRAME_CALLS, type Happening } from '@parley/contracts'
import { eventExamples, fieldFor, operationExamples, payloadFor } from '@parley/contracts/examples'
import { describe, expect, it, vi } from 'vitest'
import type { DoorOptions } from '../support/doors.ts'
import { bearer } from '../support/raw-client.ts'
import { client, closeAfterEach, connected, doorsWith } from '../support/raw-doors.ts'

closeAfterEach()

const calls = [...FRAME_CALLS, ...CHAT_CALLS].map(call => [call.event, call] as const)

describe.each(calls)('%s', (type, call) => {
  const { valid, invalid } = operationExamples[call.operation]

  it('is answered by its event, with the id of the frame, and then by an acknowledgement', async () => {
    const { doors, frames, send } = await connected()
    send({ type, data: payloadFor(call, valid[0]!), id: 'f1' })
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'ack', data: { ok: true } }))
    const expected = [...(call.reply ? [call.reply.event] : []), 'ack']
    expect(frames.slice(1).map(frame => [frame.type, frame.id])).toEqual(expected.map(name => [name, 'f1']))
    if (call.reply) expect(call.reply.schema.safeParse(frames[1]?.data).error).toBeUndefined()
    expect(doors.called.at(-1)?.name).toBe(call.operation)
  })

  it('refuses data that is not valid', async () => {
    const doors = await doorsWith()
    for (const { payload, at } of invalid) {
      const { frames, socket, send } = client(doors, bearer('operator'))
      await vi.waitFor(() => expect(frames).toHaveLength(1))
      send({ type, data: payloadFor(call, payload as object), id: 'f1' })
      await vi.waitFor(() =>
        expect(frames[1]).toMatchObject({ type: 'error', id: 'f1', data: { code: 'validation_failed' } }),
      )
      const details = frames[1]?.data['details'] as { path: string }[]
      expect(details.map(({ path }) => path)).toContain(fieldFor(call, at))
      expect([doors.called, doors.faults]).toEqual([[], []])
      socket.terminate()
    }
  })
})

describe('message_recall', () => {
  const recall = { type: 'message_recall', data: { messageId: 'm1' }, id: 'r1' }

  it.each(['recall_window_passed', 'forbidden', 'not_found'] as const)(
    'is told that it is %s by an event of its own',
    async reason => {
      const refuse = () => Promise.reject(new Failure(reason))
      const { frames, send } = await connected({ handlers: { 'message.recall': refuse } })
      send(recall)
      send({ type: 'session:sync', id: 's' })
      await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'ack', id: 's' }))
      expect(frames.slice(1, -1)).toEqual([
        { type: 'recall_failed', id: 'r1', data: { messageId: 'm1', reason } },
      ])
    },
  )

  it('is told of other failures as of any', async () => {
    const refuse = () => Promise.reject(new Failure('unavailable'))
    const { frames, send } = await connected({ handlers: { 'message.recall': refuse } })
    send(recall)
    send({ ...recall, data: {} })
    await vi.waitFor(() => expect(frames).toHaveLength(3))
    expect(frames.slice(1)).toEqual([
      { type: 'error', id: 'r1', data: expect.objectContaining({ code: expect.any(String) }) },
      { type: 'error', id: 'r1', data: expect.objectContaining({ code: expect.any(String) }) },
    ])
  })
})

describe('text_message', () => {
  const { message } = eventExamples['message.created']
  const mine = { ...message, senderId: 'operator-1' }
  const created: Happening = { name: 'message.created', data: { sessionId: 's', change: 2, message: mine } }
  const text = { sessionId: 's1', content: 'Hi', clientMessageId: 'c-1' }

  it('is heard by its sender once, with the id where it was called and without elsewhere', async () => {
    const options: DoorOptions = {
      handlers: {
        'message.send': () => {
          doors.node.deliver(created)
          return Promise.resolve(mine)
        },
      },
    }
    const { doors, frames, send } = await connected(options)
    const other = client(doors, bearer('operator'))
    await vi.waitFor(() => expect(other.frames).toHaveLength(1))
    send({ type: 'text_message', data: text, id: 't1' })
    send({ type: 'session:sync', id: 's' })
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'ack', id: 's' }))
    const data = { clientMessageId: 'c-1', change: 2, message: expect.objectContaining({ id: mine.id }) }
    expect(frames.slice(1, -1)).toEqual([
      { type: 'message_sent', id: 't1', data },
      { type: 'ack', id: 't1', data: expect.objectContaining({ ok: true }) },
    ])
    await vi.waitFor(() => expect(other.frames.slice(1)).toEqual([{ type: 'message_sent', data }]))
  })

  it('is answered where its event does not come', async () => {
    const { frames, send } = await connected({ handlers: { 'message.send': async () => mine } })
    send({ type: 'text_message', data: text })
    await vi.waitFor(() => expect(frames.slice(1)).toMatchObject([{ type: 'message_sent' }]))
  })

  it('holds nothing up for good where it was refused', async () => {
    const refuse = () => {
      doors.node.deliver(created)
      return Promise.reject(new Failure('not_friends'))
    }
    const { doors, frames, send } = await connected({ handlers: { 'message.send': refuse } })
    send({ type: 'text_message', data: text, id: 't1' })
    await vi.waitFor(() => expect(frames).toHaveLength(3))
    expect(frames.slice(1)).toMatchObject([
      { type: 'error', id: 't1', data: { code: 'not_friends' } },
      { type: 'message_sent' },
    ])
  })
})
