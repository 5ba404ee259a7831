import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { CallBinding } from './bindings/define.ts'
import { FRAME_CALLS, FRAME_EVENTS } from './bindings/frames.ts'
import { REST } from './bindings/rest.ts'
import { CHAT_CALLS, CHAT_EVENTS, SESSION_CHANGED, SYNCED_EVENTS } from './bindings/socket-chat.ts'
import { SUPPORT_CALLS, SUPPORT_EVENTS } from './bindings/socket-support.ts'
import { ERRORS } from './errors.ts'
import { operationExamples } from './examples/index.ts'
import { EVENTS, OPERATIONS } from './registry.ts'
import { PROTOCOL_VERSION } from './version.ts'

/**
 * The wire as it was when this was last looked at. If it has changed: could a client that was built before still work
 * with it? If not, raise PROTOCOL_VERSION. Then write down the new hash.
 */
const SEEN = { version: 1, hash: '511f79cf49ec908c64c7d12c802fd170ce0a0ea203d572aec44a72a27d5b4a75' }

const shape = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' })

const told = ({ event, schema }: { event: string; schema: z.ZodType }) => [event, shape(schema, 'output')]

const callOf = ({ reply, failed, says: _, acknowledge, bareAcknowledgement, echo, ...call }: CallBinding) => [
  call,
  reply && [told(reply), reply.unlessAcknowledged],
  failed && told(failed),
  // What the answers look like, which no schema says.
  Object.keys(acknowledge(operationExamples[call.operation].output)),
  [bareAcknowledgement, echo].map(part => part !== undefined),
]

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
  rest: REST.map(({ method, path, operation, fields, values, statuses, bare, upload, data }) => [
    method,
    path,
    operation,
    fields,
    values,
    statuses,
    bare,
    upload,
    shape(data, 'output'),
  ]),
  calls: [SUPPORT_CALLS, CHAT_CALLS, FRAME_CALLS].map(calls => calls.map(callOf)),
  told: [SUPPORT_EVENTS, CHAT_EVENTS, SYNCED_EVENTS, FRAME_EVENTS, [SESSION_CHANGED]].map(events =>
    events.map(told),
  ),
  errors: ERRORS,
}

it('notices that the wire has changed', () => {
  const hash = createHash('sha256').update(JSON.stringify(wire)).digest('hex')
  expect({ version: PROTOCOL_VERSION, hash }).toEqual(SEEN)
})
