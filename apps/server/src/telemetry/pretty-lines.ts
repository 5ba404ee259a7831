import { Writable } from 'node:stream'

const COLOURS: Readonly<Record<string, number>> = {
  fatal: 31,
  error: 31,
  warn: 33,
  info: 32,
  debug: 36,
  trace: 90,
}
const QUIET = 90

/** Lines for a person who looks at a terminal: time, level, what happened, and the rest as `name=value`. */
export function prettyLines(out: NodeJS.WritableStream, colours: boolean): Writable {
  const paint = (colour: number, text: string) => (colours ? `\u001b[${colour}m${text}\u001b[0m` : text)
  return new Writable({
    decodeStrings: false,
    write(line: string | Buffer, _encoding, done) {
      out.write(`${pretty(String(line), paint)}\n`, () => done())
    },
  })
}

function pretty(line: string, paint: (colour: number, text: string) => string): string {
  const {
    time = '',
    level = '',
    msg = '',
    err,
    ...rest
  } = JSON.parse(line) as Readonly<Record<string, unknown>>
  const details = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const label = paint(COLOURS[String(level)] ?? QUIET, String(level).padEnd(5))
  const head = `${paint(QUIET, String(time).slice(11, 19))} ${label} ${String(msg)}`
  const tail = details.length > 0 ? ` ${paint(QUIET, details.join(' '))}` : ''
  return `${head}${tail}${errorLines(err)}`
}

function errorLines(err: unknown): string {
  if (typeof err !== 'object' || err === null) return ''
  const { name, message, stack, cause } = err as Readonly<Record<string, unknown>>
  const frames = Array.isArray(stack) ? stack.map(frame => `\n      ${String(frame)}`).join('') : ''
  return `\n    ${String(name)}: ${String(message)}${frames}${errorLines(cause)}`
}
