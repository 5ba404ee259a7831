import { z } from 'zod'

/** The longest id, in UTF-16 units. Those that the server makes are UUIDv7 (36). */
export const ID_MAX = 64

/** Words that a path of the API uses where another has an id: no id may be one of them. */
export const RESERVED_IDS: ReadonlySet<string> = new Set([
  'active',
  'assign',
  'available',
  'block',
  'conversations',
  'group',
  'history',
  'list',
  'me',
  'messages',
  'online',
  'participants',
  'private',
  'profile',
  'read',
  'requests',
  'search',
  'sessions',
  'stats',
  'status',
  'unread',
  'unread-count',
  'users',
])

// PostgreSQL refuses NUL in text, and a lone surrogate has no UTF-8 form.
const UNSTORABLE = /\0|\p{Surrogate}/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const NOT_IN_AN_ID = /[/\u0000-\u001f\u007f]/

const storable = (value: string) => !UNSTORABLE.test(value)
const UNSTORABLE_MESSAGE = 'must not contain NUL characters or lone surrogates'

/** A text of at most `max` UTF-16 units, stored exactly as typed. */
export const text = (max: number, min = 0) =>
  z.string().min(min).max(max).refine(storable, UNSTORABLE_MESSAGE)

/** A name that a person sees: some text once trimmed. */
export const displayName = text(100, 1).refine(value => value.trim() !== '', 'must not be blank')

/** An opaque id. */
export const id = z
  .string()
  .min(1)
  .max(ID_MAX)
  .refine(value => storable(value) && !NOT_IN_AN_ID.test(value), 'must not contain "/" or control characters')
  .refine(value => value.trim() === value, 'must not begin or end with a space')
  .refine(value => !RESERVED_IDS.has(value), 'is a reserved word')

/** A sender's own id of a message, unique per sender. */
export const clientMessageId = z.string().min(1).max(64).refine(storable, UNSTORABLE_MESSAGE)

/** An optional field: `null` means absent, as many clients send it. */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform(value => value ?? undefined)

/** An optional field that `""` empties: absent is undefined, emptied is null. */
export const emptiable = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.literal(''), z.null(), schema])
    .optional()
    .transform(value => (value === '' ? null : ((value ?? undefined) as z.output<T> | undefined)))

/** An optional field in which the documented clients also send `""` or `0` for "absent". */
export const absentable = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.literal(''), z.literal(0), z.null(), schema])
    .optional()
    .transform(value =>
      value === '' || value === 0 || value === null ? undefined : (value as z.output<T> | undefined),
    )

/** A place in a session's messages: from 1, no gaps. */
export const seq = z.int().min(0)
/** A place in a session's changes: from 1, no gaps; its creation is 0. */
export const change = z.int().min(0)

/** ISO 8601, UTC, with milliseconds. */
export const time = z.iso.datetime({ precision: 3 })

/** A whole number that may come as the text of a query string. */
const wholeNumber = (min: number) =>
  z
    .union([
      z.int(),
      z
        .string()
        .regex(/^-?\d{1,15}$/, 'must be a whole number')
        .transform(Number),
    ])
    .pipe(z.int().min(min))

export const LIMIT_MAX = 100

/** `page` from 1; a `limit` over 100 is cut to 100. */
export const pageInput = (defaultLimit = 20) => ({
  page: optional(wholeNumber(1)).pipe(z.int().default(1)),
  limit: optional(wholeNumber(1))
    .pipe(z.int().default(defaultLimit))
    .transform(limit => Math.min(limit, LIMIT_MAX)),
})

/** Message lists: a page, or the nearest before or after a `seq`. */
export const messagePageInput = {
  ...pageInput(50),
  beforeSeq: optional(wholeNumber(0)),
  afterSeq: optional(wholeNumber(0)),
}

export const cursor = wholeNumber(0)
export const limit = (byDefault: number, max: number) =>
  optional(wholeNumber(1))
    .pipe(z.int().default(byDefault))
    .transform(value => Math.min(value, max))

export const pagination = z.object({
  page: z.int(),
  limit: z.int(),
  total: z.int(),
  totalPages: z.int(),
})
export type Pagination = z.output<typeof pagination>

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), pagination })

/** Free data of the integrator: a JSON object of at most 8 kB, 5 deep. */
export const METADATA_MAX = 8192
const jsonDepth = (value: unknown): number =>
  value !== null && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(jsonDepth)) : 0
export const metadata = z
  .record(z.string().max(100), z.json())
  .refine(
    value => JSON.stringify(value).length <= METADATA_MAX,
    `must be at most ${METADATA_MAX} bytes as JSON`,
  )
  .refine(value => jsonDepth(value) <= 5, 'must be at most 5 levels deep')
  // JSON.stringify writes NUL and lone surrogates as escapes.
  .refine(value => !/(?<!\\)(?:\\\\)*\\u(0000|d[89a-f])/.test(JSON.stringify(value)), UNSTORABLE_MESSAGE)

/** A picture's address: https, or a path of this server. */
export const picture = z
  .string()
  .max(2048)
  .refine(
    // Browsers read "\" as "/" and pass over tabs and line ends: what looks like a path could lead elsewhere.
    value => /^(https:\/\/|\/(?!\/))[^\\\t\n\r]*$/.test(value) && storable(value),
    'must be an https URL or a path on this server',
  )
