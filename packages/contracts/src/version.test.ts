import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { FRAME_EVENTS } from './bindings/frames.ts'
import { REST } from './bindings/rest.ts'
import { CHAT_CALLS, SESSION_CHANGED, SYNCED_EVENTS } from './bindings/socket-chat.ts'
import { SUPPORT_CALLS, SUPPORT_EVENTS } from './bindings/socket-support.ts'
import { ERRORS } from './errors.ts'
import { EVENTS, OPERATIONS } from './registry.ts'
import { PROTOCOL_VERSION } from './version.ts'

/**
 * The wire as it was when this was last looked at. If it has changed: could a client that was built before still work
 * with it? If not, raise PROTOCOL_VERSION. Then write down the new hash.
 */
const SEEN = { version: 1, hash: '08b7eecabd6394bfdbbda44dd38e10f7e2eb7586ad8ce460c6483f2273b2478e' }

const shape = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' })

const wire = {
  operations: OPERATIONS.map(({ name, kind, who, input, output, errors }) => [
    name,
    kind,
    who,
    errors,
    shape(input, 'input'),
    shape(output, 'output'),
  ]),
  events: EVENTS.map(({ name, counted, data }) => [name, counted, shape(data, 'output')]),
  rest: REST.map(({ method, path, operation, fields, values, statuses, bare, data }) => [
    method,
    path,
    operation,
    fields,
    values,
    statuses,
    bare,
    shape(data, 'output'),
  ]),
  calls: [...SUPPORT_CALLS, ...CHAT_CALLS].map(
    ({ event, operation, fields, values, fixed, joins, syncs, reply }) => [
      event,
      operation,
      fields,
      values,
      fixed,
      joins,
      syncs,
      reply && [reply.event, shape(reply.schema, 'output')],
    ],
  ),
  told: [...SUPPORT_EVENTS, ...SYNCED_EVENTS, ...FRAME_EVENTS, SESSION_CHANGED].map(({ event, schema }) => [
    event,
    shape(schema, 'output'),
  ]),
  errors: ERRORS,
}

it('notices that the wire has changed', () => {
  const hash = createHash('sha256').update(JSON.stringify(wire)).digest('hex')
  expect({ version: PROTOCOL_VERSION, hash }).toEqual(SEEN)
})
