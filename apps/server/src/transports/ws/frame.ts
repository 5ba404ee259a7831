/** Of the client's own choosing; its answer carries it. */
export type FrameId = string | number

/** What comes in: one JSON text frame. */
export interface Frame {
  readonly type: string
  readonly data: unknown
  readonly id: FrameId | null
}

/** null: not JSON, or not of the form `{ type, data?, id? }`. */
export function parseFrame(text: string): Frame | null {
  const value = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { type, data, id } = value as Readonly<Record<string, unknown>>
  if (typeof type !== 'string' || !(id === undefined || isFrameId(id))) return null
  return { type, data, id: id ?? null }
}

const isFrameId = (id: unknown): id is FrameId =>
  typeof id === 'number' || (typeof id === 'string' && id.length <= 64)

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Answers that no `id` asked for carry none. */
export const frame = (type: string, data: unknown, id: FrameId | null = null): string =>
  JSON.stringify(id === null ? { type, data } : { type, id, data })
