import multipart, { type MultipartFile } from '@fastify/multipart'
import { Failure } from '@parley/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { problemText } from '../../operations/problems.ts'
import type { Upload } from '../../operations/types.ts'
import { localeOf } from '../../texts/translate.ts'

/** Whatever else a form brings is read past: it may be no more than this. Bytes, and numbers of them. */
const LIMITS = { files: 1, fields: 20, parts: 21, fieldNameSize: 100, fieldSize: 4096, headerPairs: 50 }
/** Without a byte of the file. Milliseconds. */
const SILENCE_MAX = 30_000

/** Routes of this scope take `multipart/form-data` too. Nothing of it is read before the operation asks for it. */
export function acceptMultipart(scope: FastifyInstance): void {
  void scope.register(multipart, { limits: LIMITS })
}

/** The file of a request in one of these fields; undefined: the request is no form. */
export function uploadOf(request: FastifyRequest, fields: readonly string[]): Upload | undefined {
  if (!request.isMultipart()) return undefined
  return {
    receive: (maxBytes, write) =>
      whileHeard(request, () => readForm(request, fields, maxBytes, write)).catch((error: unknown) => {
        endSoon(request)
        throw refusalOf(error, request, fields, maxBytes)
      }),
  }
}

async function readForm(
  request: FastifyRequest,
  fields: readonly string[],
  maxBytes: number,
  write: Parameters<Upload['receive']>[1],
): Promise<void> {
  let found = false
  for await (const part of request.parts({ limits: { ...LIMITS, fileSize: maxBytes } })) {
    if (part.type !== 'file') continue
    if (found || !fields.includes(part.fieldname)) {
      part.file.resume()
      continue
    }
    found = true
    await write(part.file, nameOf(part))
  }
  if (!found) throw refused(request, fields, 'required')
}

const nameOf = ({ filename }: MultipartFile): string => filename ?? ''

const refused = (
  request: FastifyRequest,
  [field = '']: readonly string[],
  why: 'required' | 'one_file' | 'form',
) =>
  new Failure('validation_failed', {}, [
    { path: field, message: problemText(localeOf(request.headers['accept-language']), why) },
  ])

/** What the reading of the form itself ends with, by what the library calls it. */
function refusalOf(
  error: unknown,
  request: FastifyRequest,
  fields: readonly string[],
  maxBytes: number,
): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error
  const code = 'code' in error ? error.code : ''
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new Failure('payload_too_large', { max: readable(maxBytes) })
  if (code === 'FST_FILES_LIMIT') return refused(request, fields, 'one_file')
  return isOfForm(error) ? refused(request, fields, 'form') : error
}

const isOfForm = (error: Error): boolean =>
  ('code' in error && typeof error.code === 'string' && error.code.startsWith('FST_')) ||
  /multipart|part terminated|boundary|malformed|premature close|aborted/i.test(error.message)

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB'] as const

function readable(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  return `${Math.round((bytes / 1024 ** step) * 10) / 10} ${UNITS[step]}`
}

/** Who says nothing for too long loses its connection. */
async function whileHeard<T>({ raw }: FastifyRequest, work: () => Promise<T>): Promise<T> {
  const { socket } = raw
  const lose = () => socket.destroy()
  socket.setTimeout(SILENCE_MAX, lose)
  try {
    return await work()
  } finally {
    socket.setTimeout(0)
    socket.off('timeout', lose)
  }
}

/** For a refused request to come to its end, so that its sender reads the answer. Milliseconds. */
const REST_MAX = 5000

function endSoon({ raw }: FastifyRequest): void {
  if (raw.complete || raw.destroyed) return
  raw.resume()
  const late = setTimeout(() => {
    if (!raw.complete) raw.destroy()
  }, REST_MAX)
  late.unref()
  raw.once('end', () => clearTimeout(late))
}
