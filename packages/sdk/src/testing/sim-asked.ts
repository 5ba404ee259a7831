import type { Me } from '../contract-types.ts'
import type { SimServer } from './sim-server.ts'

export interface Asked {
  readonly body: Readonly<Record<string, unknown>>
  /** What came as `multipart/form-data`. */
  readonly form: FormData | null
  readonly query: URLSearchParams
  readonly token: string | null
  readonly me: () => Me
  /** The first parameter of the path. */
  readonly id: string
  readonly params: Readonly<Record<string, string>>
}

export interface Answered {
  readonly data: unknown
  readonly status?: number
  readonly pagination?: unknown
}

export type Handler = (server: SimServer, asked: Asked) => Answered

/** By method and path, with `:name` parameters. */
export type Handlers = Readonly<Record<string, Handler>>

/** A page of what is there. */
export function paged<T>(all: readonly T[], query: URLSearchParams, toWire: (item: T) => unknown): Answered {
  const page = Number(query.get('page') ?? 1)
  const limit = Number(query.get('limit') ?? 20)
  const total = all.length
  const items = all.slice((page - 1) * limit, page * limit)
  return { data: items.map(toWire), pagination: { page, limit, total, totalPages: Math.ceil(total / limit) } }
}
