import {
  type ERRORS,
  OPERATIONS,
  type Operation,
  type OperationName,
  operationsByName,
  REST,
  type RestBinding,
  type Who,
} from '@parley/contracts'
import { operationExamples, payloadFor } from '@parley/contracts/examples'
import { byStatus, exampleFailure, failureSchema, failuresOf } from './failures.ts'
import { type Components, type JsonSchema, jsonSchema, spelledInput } from './json-schema.ts'

/** The REST API as OpenAPI 3.1, printed from the registry. */
export function printOpenApi(version: string): JsonSchema {
  const schemas: Components = { Failure: failureSchema }
  const paths: Record<string, Record<string, JsonSchema>> = {}
  const names = new Map<OperationName, number>()
  for (const binding of REST) {
    const count = (names.get(binding.operation) ?? 0) + 1
    names.set(binding.operation, count)
    const operationId = count === 1 ? binding.operation : `${binding.operation}-${count}`
    const path = binding.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [binding.method.toLowerCase()]: route(binding, operationId, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version,
      description:
        'Live chat that anyone can host. Live events are in [/asyncapi.json](/asyncapi.json). Fields that are `null` count as absent; unknown ones are dropped.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(OPERATIONS.map(({ name }) => featureOf(name)))].map(name => ({ name })),
    paths,
    components: { schemas, securitySchemes: SECURITY_SCHEMES },
  }
}

const SECURITY_SCHEMES = {
  token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'One visitor, user, operator or admin.',
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'Your own server: may act for anyone.',
  },
  console: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-parley-console',
    description:
      'The console, from the server’s own origin; with the header X-Parley on every request that is no GET.',
  },
}

const featureOf = (name: string): string => name.split('.', 1)[0] ?? name

function route(binding: RestBinding, operationId: string, schemas: Components): JsonSchema {
  const operation: Operation = operationsByName[binding.operation]
  const input = spelledInput(jsonSchema(operation.input, 'input', schemas), binding)
  const inPath = [...binding.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const rest = Object.entries(input.properties).filter(([name]) => !inPath.includes(name))
  const takesBody = binding.method !== 'GET' && (rest.length > 0 || binding.upload !== undefined)
  const required = input.required.filter(name => !inPath.includes(name))
  return {
    operationId,
    tags: [featureOf(binding.operation)],
    summary: operation.summary.split(/(?<=[.?]) /, 1)[0],
    description: `${operation.summary}\n\nFor: ${operation.who.map(who => WHO[who]).join(', ')}.`,
    security: securityOf(operation),
    parameters: [
      ...inPath.map(name => ({
        name,
        in: 'path',
        required: true,
        schema: input.properties[name] ?? { type: 'string' },
      })),
      ...(binding.method === 'GET'
        ? rest.map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
        : []),
    ],
    ...(takesBody && {
      requestBody: requestBody(
        binding,
        { type: 'object', properties: Object.fromEntries(rest), required },
        inPath,
      ),
    }),
    responses: { ...failures(operation, takesBody), ...successes(binding, schemas) },
  }
}

function requestBody(binding: RestBinding, schema: JsonSchema, inPath: readonly string[]): JsonSchema {
  const [example = {}] = operationExamples[binding.operation].valid
  const spelled = Object.entries(payloadFor(binding, example))
  const body = Object.fromEntries(spelled.filter(([name]) => !inPath.includes(name)))
  const required = Array.isArray(schema['required']) && schema['required'].length > 0
  const takesJson = Object.keys(schema['properties'] ?? {}).length > 0
  return {
    required: required || !takesJson,
    content: {
      ...(takesJson && { 'application/json': { schema, example: body } }),
      ...(binding.upload && { 'multipart/form-data': formOf(binding.upload) }),
    },
  }
}

/** The file is in one of these fields; the first is shown. */
function formOf([field = '']: readonly string[]): JsonSchema {
  const file = { type: 'string', contentMediaType: 'application/octet-stream' }
  const schema = { type: 'object', properties: { [field]: file }, required: [field] }
  return { schema, example: { [field]: '(the file itself)' } }
}

function successes(binding: RestBinding, schemas: Components): Record<string, JsonSchema> {
  const data = jsonSchema(binding.data, 'output', schemas)
  const { output } = operationExamples[binding.operation]
  const body = binding.answer?.(output) ?? { data: output }
  const schema = binding.bare ? data : envelope(data, 'pagination' in body)
  const content = {
    'application/json': { schema, example: binding.bare ? body.data : { success: true, ...body } },
  }
  return Object.fromEntries(
    (binding.statuses ?? [200]).map(status => [status, { description: MEANING[status] ?? 'Done.', content }]),
  )
}

const MEANING: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Created.',
  503: 'The database is down.',
}
const number = { type: 'integer' }

const envelope = (data: JsonSchema, paged: boolean): JsonSchema => ({
  type: 'object',
  properties: {
    success: { const: true },
    data,
    ...(paged && {
      pagination: {
        type: 'object',
        properties: { page: number, limit: number, total: number, totalPages: number },
      },
    }),
  },
  required: ['success', 'data'],
})

function failures(operation: Operation, takesBody: boolean): Record<string, JsonSchema> {
  const groups = byStatus(failuresOf(operation, takesBody))
  return Object.fromEntries([...groups].map(([status, codes]) => [status, failureResponse(codes)]))
}

const failureResponse = (codes: readonly (keyof typeof ERRORS)[]): JsonSchema => ({
  description: codes.map(code => `\`${code}\``).join(', '),
  ...(codes.includes('rate_limited') && {
    headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
  }),
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/Failure' },
      examples: Object.fromEntries(codes.map(code => [code, { value: exampleFailure(code) }])),
    },
  },
})

const WHO: Readonly<Record<Who, string>> = {
  anyone: 'anyone',
  customer: 'a visitor or user',
  person: 'anyone with a token',
  user: 'anyone with an account',
  staff: 'staff',
  admin: 'admins',
  key: 'an API key',
  system: 'an automatic sender',
  self: 'the person itself',
  party: 'a participant of the session',
}

function securityOf({ who }: Operation): JsonSchema[] {
  if (who.includes('anyone')) return []
  const byStaff = who.some(one => ['staff', 'admin', 'person', 'user', 'party', 'self'].includes(one))
  return [
    { token: [] },
    ...(who.includes('key') ? [{ apiKey: [] }] : []),
    ...(byStaff ? [{ console: [] }] : []),
  ]
}
