import {
  type CallBinding,
  CHAT_CALLS,
  CHAT_EVENTS,
  type EventBinding,
  eventsByName,
  FRAME_CALLS,
  FRAME_EVENTS,
  type Happening,
  type Operation,
  operationsByName,
  SESSION_CHANGED,
  SUPPORT_CALLS,
  SUPPORT_EVENTS,
  SYNCED_EVENTS,
} from '@parley/contracts'
import { eventExamples, operationExamples, payloadFor } from '@parley/contracts/examples'
import { exampleFailure, toldFailureSchema } from './failures.ts'
import {
  type Components,
  type JsonSchema,
  jsonSchema,
  type ObjectSchema,
  spelledInput,
} from './json-schema.ts'

const SOCKETIO_CALLS: readonly CallBinding[] = [...SUPPORT_CALLS, ...CHAT_CALLS]
/** On `/ws` an acknowledgement has one form alone. */
const FRAMES: readonly CallBinding[] = [...FRAME_CALLS, ...CHAT_CALLS].map(
  ({ bareAcknowledgement: _, ...call }) => call,
)

interface Told {
  readonly name: string
  readonly summary: string
  readonly payload: JsonSchema
  readonly example: unknown
}

/** The live API as AsyncAPI 3.0, seen from the server: it receives what clients send. */
export function printAsyncApi(version: string): JsonSchema {
  const schemas: Components = { Failure: toldFailureSchema }
  const socketio = channel('socketio', SOCKETIO_CALLS, socketioEvents(schemas), schemas)
  const ws = channel('ws', FRAMES, frameEvents(schemas), schemas)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Parley, live',
      version,
      description:
        'Calls take an optional acknowledgement: `{ ok: true, … }` or `{ ok: false, error }`. Without one a failure comes as `error`. A connection hears the family whose join it has used: `user:join` that of the names with a colon, `join_session` that of the others; both, if it has used both. On `/ws` a call is the frame `{ type, data, id? }`, its acknowledgement `{ type: "ack", id, data }`, and what answers it carries its `id`: events that answer, and `error`. A frame that is bad is answered by `error`; the fifth in ten seconds closes the connection (1008), as do binary frames (1003) and those over 64 KiB (1009). Who reads too slowly is closed with 1013, and comes back.',
    },
    servers: {
      socketio: {
        host: 'localhost:3000',
        protocol: 'socketio',
        pathname: '/socket.io/',
        description: 'Socket.IO 4.',
      },
      ws: { host: 'localhost:3000', protocol: 'ws', pathname: '/ws', description: 'Raw WebSocket.' },
    },
    channels: {
      socketio: {
        address: '/socket.io/',
        servers: [{ $ref: '#/servers/socketio' }],
        messages: socketio.messages,
      },
      ws: { address: '/ws', servers: [{ $ref: '#/servers/ws' }], messages: ws.messages },
    },
    operations: { ...socketio.operations, ...ws.operations },
    components: { schemas },
  }
}

function channel(name: string, calls: readonly CallBinding[], events: readonly Told[], schemas: Components) {
  const sent = calls.map(call => callMessage(call, schemas))
  const acknowledged = calls.map(call => acknowledgement(call))
  const messages = Object.fromEntries([
    ...sent.map(told => [told.name, message(told)]),
    ...acknowledged.map(told => [told.name, message(told)]),
    ...events.map(told => [`on ${told.name}`, message(told)]),
  ])
  const at = (key: string) => ({ $ref: `#/channels/${name}/messages/${pointer(key)}` })
  const operations = Object.fromEntries([
    ...sent.map((told, index) => [
      `${name} receive ${told.name}`,
      {
        action: 'receive',
        channel: { $ref: `#/channels/${name}` },
        summary: told.summary,
        messages: [at(told.name)],
        reply: { channel: { $ref: `#/channels/${name}` }, messages: [at(acknowledged[index]?.name ?? '')] },
      },
    ]),
    ...events.map(told => [
      `${name} send ${told.name}`,
      {
        action: 'send',
        channel: { $ref: `#/channels/${name}` },
        summary: told.summary,
        messages: [at(`on ${told.name}`)],
      },
    ]),
  ])
  return { messages, operations }
}

const pointer = (key: string): string =>
  key.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll(' ', '%20')

const message = ({ name, summary, payload, example }: Told): JsonSchema => ({
  name,
  summary,
  payload,
  examples: [{ payload: example }],
})

function callMessage(call: CallBinding, schemas: Components): Told {
  const operation: Operation = operationsByName[call.operation]
  const [example = {}] = operationExamples[call.operation].valid
  const payload = spelledInput(jsonSchema(operation.input, 'input', schemas), call)
  return {
    name: call.event,
    summary: operation.summary,
    payload: orBare(call, payload),
    example: payloadFor(call, example),
  }
}

/** Where a bare value may stand for an object, and the object may be left out where nothing in it is required. */
function orBare({ scalar }: CallBinding, payload: ObjectSchema): JsonSchema {
  const bare = scalar === undefined ? undefined : payload.properties[scalar]
  return bare ? { oneOf: [payload, bare] } : payload
}

function acknowledgement(call: CallBinding): Told {
  const { output } = operationExamples[call.operation]
  const bare = call.bareAcknowledgement?.(output)
  const example = { ok: true, ...call.acknowledge(output) }
  const done = {
    type: 'object',
    properties: { ok: { const: true } },
    required: ['ok', ...Object.keys(example).filter(key => key !== 'ok')],
  }
  const refused = {
    type: 'object',
    properties: { ok: { const: false }, error: { $ref: '#/components/schemas/Failure' } },
    required: ['ok', 'error'],
  }
  return {
    name: `acknowledgement of ${call.event}`,
    summary: 'How it went.',
    payload: { oneOf: [bare === undefined ? done : { type: 'array' }, refused] },
    example: bare ?? example,
  }
}

function told(binding: EventBinding, schemas: Components): Told {
  return {
    name: binding.event,
    summary: eventsByName[binding.of].summary,
    payload: jsonSchema(binding.schema, 'output', schemas),
    example: binding.payload(eventExamples[binding.of]),
  }
}

function sharedEvents(schemas: Components): Told[] {
  const ended = { name: 'session.ended', data: eventExamples['session.ended'] } satisfies Happening
  return [
    ...SYNCED_EVENTS.map(binding => told(binding, schemas)),
    {
      name: SESSION_CHANGED.event,
      summary: 'A counted change that the family has no event for. After `session:sync` or `session:watch`.',
      payload: jsonSchema(SESSION_CHANGED.schema, 'output', schemas),
      example: SESSION_CHANGED.payload(ended),
    },
    error(),
  ]
}

/** With the name of the call that failed, or null where the connection ends. */
function error(): Told {
  const { success: _, error: code, requestId: __, ...rest } = exampleFailure('validation_failed')
  return {
    name: 'error',
    summary: 'What was asked for failed, and no acknowledgement was wanted.',
    payload: {
      allOf: [
        { $ref: '#/components/schemas/Failure' },
        { type: 'object', properties: { event: { type: ['string', 'null'] } } },
      ],
    },
    example: { code, ...rest, event: 'send_message' },
  }
}

const socketioEvents = (schemas: Components): Told[] => [
  ...repliesOf(SOCKETIO_CALLS, schemas),
  ...[...SUPPORT_EVENTS, ...CHAT_EVENTS].map(binding => told(binding, schemas)),
  ...sharedEvents(schemas),
]

const repliesOf = (calls: readonly CallBinding[], schemas: Components): Told[] =>
  calls.flatMap(call => (call.reply ? [replyOf(call, call.reply, schemas)] : []))

const replyOf = (call: CallBinding, reply: NonNullable<CallBinding['reply']>, schemas: Components): Told => ({
  name: reply.event,
  summary: `Answers \`${call.event}\`, to its caller.`,
  payload: jsonSchema(reply.schema, 'output', schemas),
  example: reply.payload(operationExamples[call.operation].output),
})

const frameEvents = (schemas: Components): Told[] => [
  {
    name: 'connected',
    summary: 'The first frame.',
    payload: { type: 'object', properties: { userId: { type: 'string' } }, required: ['userId'] },
    example: { userId: 'customer-4711' },
  },
  ...repliesOf(FRAMES, schemas),
  ...FRAMES.flatMap(call => (call.failed ? [failureOf(call, call.failed, schemas)] : [])),
  ...FRAME_EVENTS.map(binding => told(binding, schemas)),
  ...sharedEvents(schemas),
]

const failureOf = (
  call: CallBinding,
  failed: NonNullable<CallBinding['failed']>,
  schemas: Components,
): Told => {
  const [example = {}] = operationExamples[call.operation].valid
  return {
    name: failed.event,
    summary: `\`${call.event}\` was refused.`,
    payload: jsonSchema(failed.schema, 'output', schemas),
    example: failed.payload('not_found', example),
  }
}
