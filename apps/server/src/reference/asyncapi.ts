import {
  type CallBinding,
  CHAT_CALLS,
  type EventBinding,
  eventsByName,
  FRAME_EVENTS,
  type Happening,
  type Operation,
  operationsByName,
  SESSION_CHANGED,
  SUPPORT_CALLS,
  SUPPORT_EVENTS,
  SYNCED_EVENTS,
} from '@parley/contracts'
import { eventExamples, operationExamples } from '@parley/contracts/examples'
import { exampleFailure, toldFailureSchema } from './failures.ts'
import { type Components, type JsonSchema, jsonSchema, spelledInput } from './json-schema.ts'

interface Told {
  readonly name: string
  readonly summary: string
  readonly payload: JsonSchema
  readonly example: unknown
}

/** The live API as AsyncAPI 3.0, seen from the server: it receives what clients send. */
export function printAsyncApi(version: string): JsonSchema {
  const schemas: Components = { Failure: toldFailureSchema }
  const socketio = channel('socketio', [...SUPPORT_CALLS, ...CHAT_CALLS], socketioEvents(schemas), schemas)
  const ws = channel('ws', CHAT_CALLS, frameEvents(schemas), schemas)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Parley, live',
      version,
      description:
        'Calls take an optional acknowledgement: `{ ok: true, … }` or `{ ok: false, error }`. Without one a failure comes as `error`. On `/ws` a call is the frame `{ type, data, id? }`, its acknowledgement `{ type: "ack", id, data }`.',
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
  const [example] = operationExamples[call.operation].valid
  const payload = spelledInput(jsonSchema(operation.input, 'input', schemas), call)
  return { name: call.event, summary: operation.summary, payload, example }
}

function acknowledgement(call: CallBinding): Told {
  const example = { ok: true, ...call.acknowledge(operationExamples[call.operation].output) }
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
    payload: { oneOf: [done, refused] },
    example,
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
  ...SUPPORT_CALLS.flatMap(call => (call.reply ? [replyOf(call, call.reply, schemas)] : [])),
  ...SUPPORT_EVENTS.map(binding => told(binding, schemas)),
  ...sharedEvents(schemas),
]

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
  ...FRAME_EVENTS.map(binding => told(binding, schemas)),
  ...sharedEvents(schemas),
]
