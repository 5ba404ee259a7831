import type { Fields, Values } from '@parley/contracts'
import { z } from 'zod'

export type JsonSchema = { readonly [keyword: string]: unknown }

/** Named schemas that others point to, gathered while a document is printed. */
export type Components = Record<string, JsonSchema>

const NAMELESS = '__schema0'
const FREE_JSON = 'Json'

/** What a client sends is printed as `input`, what it gets as `output`. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output', components: Components): JsonSchema {
  const printed = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  const { $schema: _, $defs = {}, ...rest } = printed
  for (const [name, definition] of Object.entries($defs)) {
    components[nameOf(name)] ??= tidy(definition, io)
  }
  return tidy(rest, io)
}

const nameOf = (name: string): string => (name === NAMELESS ? FREE_JSON : name)

/** Without what a reader has no use for: the bounds of every integer, the pattern behind a format, ways to say "absent". */
function tidy(schema: unknown, io: 'input' | 'output'): JsonSchema {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner)
    return typeof value === 'object' && value !== null ? tidy(value, io) : value
  }
  const keywords = Object.entries(schema as JsonSchema).filter(
    keyword => !isNoise(keyword, schema as JsonSchema),
  )
  const tidied = Object.fromEntries(
    keywords.map(([name, value]) => [name, name === '$ref' ? reference(value) : inner(value)]),
  )
  return io === 'input' ? withoutAbsence(tidied) : tidied
}

const reference = (ref: unknown): string =>
  `#/components/schemas/${nameOf(String(ref).split('/').at(-1) ?? '')}`

function isNoise([name, value]: [string, unknown], { format }: JsonSchema): boolean {
  if (name === 'maximum' || name === 'minimum') return Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER
  if (name === 'minLength') return value === 0
  return name === 'pattern' && format !== undefined
}

/** `null`, and where the documented clients send them `""` and `0`, mean "not given"; so does a number as text. */
function withoutAbsence(schema: JsonSchema): JsonSchema {
  const { anyOf } = schema
  if (!Array.isArray(anyOf)) return schema
  const given = (anyOf as JsonSchema[]).filter(
    branch => branch['type'] !== 'null' && branch['const'] !== '' && branch['const'] !== 0,
  )
  const number = given.find(branch => branch['type'] === 'integer')
  const [only] = number ? [number] : given
  return number || given.length === 1 ? { ...schema, anyOf: undefined, ...only } : { ...schema, anyOf: given }
}

/** An operation's input in the documented spelling, without what the binding fixes. */
export function spelledInput(
  schema: JsonSchema,
  {
    fields = {},
    values = {},
    fixed = {},
  }: { fields?: Fields; values?: Values; fixed?: Readonly<Record<string, unknown>> },
): ObjectSchema {
  const ours = new Map(Object.entries(fields).map(([documented, name]) => [name, documented]))
  const spelled = (name: string) => ours.get(name) ?? name
  const { properties = {}, required = [] } = schema as Partial<ObjectSchema>
  const kept = Object.entries(properties).filter(([name]) => !(name in fixed))
  return {
    type: 'object',
    properties: Object.fromEntries(
      kept.map(([name, property]) => [spelled(name), spelledValues(property, values[spelled(name)])]),
    ),
    required: required.filter(name => !(name in fixed)).map(spelled),
  }
}

export interface ObjectSchema extends JsonSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, JsonSchema>>
  readonly required: readonly string[]
}

function spelledValues(
  property: JsonSchema,
  values: Readonly<Record<string, string>> | undefined,
): JsonSchema {
  const { enum: options } = property
  if (!values || !Array.isArray(options)) return property
  const documented = new Map(Object.entries(values).map(([word, meant]) => [meant, word]))
  return { ...property, enum: options.map(option => documented.get(String(option)) ?? option) }
}
