import { PassThrough } from 'node:stream'
import { Failure } from '@parley/contracts'
import { StoreUnavailable } from '@parley/core'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createMetrics } from '../telemetry/metrics.ts'
import { createObservers } from './observe.ts'

function reported(error: unknown): Record<string, unknown> {
  const out = new PassThrough()
  const { reportFault } = createObservers(pino({ base: null }, out), createMetrics())
  reportFault(error, 'request-1')
  return JSON.parse(String(out.read())) as Record<string, unknown>
}

const INFO = 30
const WARN = 40
const ERROR = 50

it('says in one quiet line what was turned away on purpose', () => {
  const line = reported(new Failure('unavailable', { reason: 'protocol' }))
  expect(line).toMatchObject({
    level: INFO,
    requestId: 'request-1',
    error: 'unavailable',
    reason: 'protocol',
  })
  expect(JSON.stringify(line)).not.toContain('stack')
})

it('warns of an outage, and shows where a bug is', () => {
  expect(reported(new StoreUnavailable('gone'))).toMatchObject({ level: WARN })
  expect(reported(new TypeError('boom'))).toMatchObject({ level: ERROR, err: { stack: expect.anything() } })
})
