import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

describe('metrics', () => {
  it('counts what operators of the server ask for', async () => {
    const metrics = createMetrics()
    metrics.request('GET', '/api/operators', 200, 12)
    metrics.operation('message.send', 'ok', 3)
    metrics.operation('message.send', 'rate_limited', 1)
    metrics.store('turn', 4)
    metrics.connections('socketio', 1)
    metrics.connections('socketio', 1)
    metrics.connections('socketio', -1)
    metrics.change('message.created')
    metrics.delivery(8)
    metrics.queueLength(() => Promise.resolve(3))
    const text = await metrics.registry.metrics()
    for (const line of [
      'parley_http_request_seconds_count{method="GET",route="/api/operators",status="200"} 1',
      'parley_operations_total{operation="message.send",outcome="ok"} 1',
      'parley_operations_total{operation="message.send",outcome="rate_limited"} 1',
      'parley_store_seconds_count{method="turn"} 1',
      'parley_connections{door="socketio"} 1',
      'parley_changes_total{event="message.created"} 1',
      'parley_delivery_seconds_count 1',
      'parley_queue_length 3',
    ]) {
      expect(text.split('\n')).toContain(line)
    }
    expect(text).toContain('nodejs_eventloop_lag_seconds')
  })
})
