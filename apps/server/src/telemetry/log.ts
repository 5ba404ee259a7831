import { once } from 'node:events'
import { type DestinationStream, type Logger, multistream, pino, stdTimeFunctions } from 'pino'
import { createStream } from 'rotating-file-stream'
import { describeError } from './describe-error.ts'
import { prettyLines } from './pretty-lines.ts'

export interface LogOptions {
  readonly level: string
  /** Where app.log and error.log are. */
  readonly dir: string
  readonly console: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

export interface Log {
  readonly logger: Logger
  /** Resolves when all is written. */
  close(): Promise<void>
}

/** A file is moved aside at this size, and the oldest of so many is dropped. */
const FILE_MAX = '10M'
const FILES_KEPT = 10

/** Whoever logs must not put these in; should it happen all the same, they are not written. */
const SECRETS = [
  'token',
  'refreshToken',
  'password',
  'newPassword',
  'secret',
  'apiKey',
  'userHash',
  'authorization',
  'cookie',
]
/** What clients send holds texts of people: never as a whole either. */
const CONTENTS = ['body', 'payload', 'input', 'output', 'headers', 'text', 'content', 'code', 'key']
const REDACTED = [...SECRETS.flatMap(name => [name, `*.${name}`, `*.*.${name}`]), ...CONTENTS]

/** Console, `app.log`, and in `error.log` what somebody should look at. JSON, but for a person's terminal. */
export function createLog({ level, dir, console: out }: LogOptions): Log {
  const files = [logFile(dir, 'app.log'), logFile(dir, 'error.log')] as const
  const [app, errors] = files
  const threshold = level === 'silent' ? 'fatal' : level
  const streams = [
    { level: threshold, stream: out.isTTY ? prettyLines(out, true) : out },
    { level: threshold, stream: app },
    { level: 'error', stream: errors },
  ] as { level: 'info'; stream: DestinationStream }[]
  const logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      serializers: { err: error => describeError(error) },
      redact: { paths: REDACTED, censor: '[redacted]' },
    },
    multistream(streams),
  )
  return { logger, close: async () => void (await Promise.all(files.map(closeFile))) }
}

/** Readable by its owner only. A disk that is full, or a folder that can't be written, must not end the process. */
function logFile(dir: string, name: string) {
  const file = createStream(name, { path: dir, size: FILE_MAX, rotate: FILES_KEPT, mode: 0o600 })
  file.on('error', error => process.stderr.write(`${name}: ${error.message}\n`))
  return file
}

async function closeFile(file: ReturnType<typeof logFile>): Promise<void> {
  if (file.destroyed) return
  const closed = once(file, 'close')
  file.end()
  await closed
}
