import { Failure } from '@parley/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { problemText } from '../../operations/problems.ts'
import { localeOf } from '../../texts/translate.ts'

/** Takes JSON alone, in UTF-8 and not compressed; an empty body is no body. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, parse(request, Buffer.from(body)))
    } catch (error) {
      done(error instanceof Error ? error : new Failure('internal'))
    }
  })
}

function parse(request: FastifyRequest, body: Buffer): unknown {
  if (!isPlain(request.headers['content-encoding'])) throw new Failure('unsupported_media_type')
  if (body.length === 0) return undefined
  const text =
    attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(body)) ?? refuse(request, 'encoding')
  return (attempt(() => ({ value: JSON.parse(text) as unknown })) ?? refuse(request, 'json')).value
}

const isPlain = (encoding: string | undefined): boolean => encoding === undefined || encoding === 'identity'

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

function refuse(request: FastifyRequest, key: 'json' | 'encoding'): never {
  const locale = localeOf(request.headers['accept-language'])
  throw new Failure('validation_failed', {}, [{ path: '', message: problemText(locale, key) }])
}
