import { CHAT_CALLS, FRAME_CALLS, OPERATIONS, REST, SUPPORT_CALLS } from '@parley/contracts'
import { operationExamples } from '@parley/contracts/examples'
import fc from 'fast-check'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Doors, openDoors } from '../support/doors.ts'
import { bearer, rawClient } from '../support/raw-client.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

const RUNS = 400
/** Names that operations know, so that what is made up gets past the first look. */
const names = [
  ...new Set(OPERATIONS.flatMap(({ name }) => operationExamples[name].valid.flatMap(Object.keys))),
]
const values = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    '',
    0,
    -1,
    1.5,
    null,
    'active',
    'a/b',
    '\u0000',
    '\ud800',
    '__proto__',
    Number.MAX_VALUE,
    [],
    {},
  ),
)
const payloads = fc.oneof(
  fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor', 'toString'), values, { maxKeys: 6 }),
  fc.jsonValue({ maxDepth: 4 }),
)

describe('whatever clients send', () => {
  it('is answered by REST, and never by a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...REST),
        payloads,
        fc.string({ minLength: 1, maxLength: 70 }),
        async (binding, payload, id) => {
          const path = binding.path.replace(/:\w+/g, encodeURIComponent(id))
          const response = await fetch(doors.url + path, {
            method: binding.method,
            headers: { 'x-api-key': 'key', 'content-type': 'application/json' },
            ...(binding.method !== 'GET' && { body: JSON.stringify(payload) }),
          })
          expect(response.status).toBeLessThan(500)
          await response.text()
        },
      ),
      { numRuns: RUNS },
    )
    expect(doors.faults).toEqual([])
  })

  it('is answered by Socket.IO, and the connection stays', async () => {
    const socket = io(doors.url, { forceNew: true, transports: ['websocket'], auth: { token: 'operator' } })
    await new Promise<void>(resolve => socket.once('connect', () => resolve()))
    const { id } = socket
    const events = fc.oneof(
      fc.constantFrom(...[...SUPPORT_CALLS, ...CHAT_CALLS].map(({ event }) => event)),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(
        events.filter(isSendable),
        fc.array(payloads, { maxLength: 3 }),
        async (event, args) => {
          const answer: unknown = await socket.timeout(5000).emitWithAck(event, ...args)
          // The list that `users:online` answers with is bare.
          expect(Array.isArray(answer) || Object.hasOwn(answer as object, 'ok')).toBe(true)
        },
      ),
      { numRuns: RUNS },
    )
    expect(socket.id).toBe(id)
    socket.disconnect()
    expect(doors.faults).toEqual([])
  })

  it('is answered by /ws, whose connection stays as long as no more than four frames are bad', async () => {
    const types = fc.oneof(
      fc.constantFrom(...[...FRAME_CALLS, ...CHAT_CALLS].map(({ event }) => event)),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(types, payloads), { minLength: 4, maxLength: 4 }), async sent => {
        const { socket, frames, send } = rawClient(doors.url, bearer('operator'))
        await vi.waitFor(() => expect(frames).toHaveLength(1))
        for (const [type, data] of sent) send({ type, data })
        send({ type: 'session:sync', id: 'last' })
        await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'ack', id: 'last' }))
        socket.terminate()
      }),
      { numRuns: RUNS / 8 },
    )
    expect(doors.faults).toEqual([])
  })
})

/** Those that the client itself refuses to send. */
const RESERVED = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']
const isSendable = (event: string): boolean => !RESERVED.includes(event)
