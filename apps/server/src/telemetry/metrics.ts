import type { OperationName } from '@parley/contracts'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { SearchLag } from '../background/search-index.ts'

/** Seconds: from what nobody notices to what a person waits for. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export interface Metrics {
  readonly registry: Registry
  request(method: string, route: string, status: number, milliseconds: number): void
  operation(name: OperationName, outcome: string, milliseconds: number): void
  store(method: string, milliseconds: number): void
  connections(door: 'socketio' | 'ws', by: 1 | -1): void
  /** A counted change of a session that this node heard of: new messages are the event `message.created`. */
  change(event: string): void
  /** A text that was handed to whoever sends them. */
  sms(outcome: 'sent' | 'refused' | 'unanswered'): void
  /** From the storing of a message to the first listener on this node. */
  delivery(milliseconds: number): void
  /** Asked at every reading. */
  queueLength(read: () => Promise<number>): void
  /** How far search is behind the messages; asked at every reading. */
  searchLag(read: () => Promise<SearchLag>): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Histogram({ name, help, labelNames, buckets: BUCKETS, registers })
  const asked = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read().catch(() => Number.NaN))
      },
    })
  const requests = histogram('parley_http_request_seconds', 'HTTP requests, by route.', [
    'method',
    'route',
    'status',
  ])
  const operations = histogram('parley_operation_seconds', 'Operations behind every door.', ['operation'])
  const outcomes = new Counter({
    name: 'parley_operations_total',
    help: 'Operations by how they ended: ok, or the code of the failure.',
    labelNames: ['operation', 'outcome'],
    registers,
  })
  const stores = histogram(
    'parley_store_seconds',
    'Calls of the store; turn decides assignment, finishJob ends jobs.',
    ['method'],
  )
  const connections = new Gauge({
    name: 'parley_connections',
    help: 'Live connections.',
    labelNames: ['door'],
    registers,
  })
  const changes = new Counter({
    name: 'parley_changes_total',
    help: 'Counted changes of sessions, by event.',
    labelNames: ['event'],
    registers,
  })
  const texts = new Counter({
    name: 'parley_sms_total',
    help: 'Texts to phones: sent, refused by the provider, or unanswered by it.',
    labelNames: ['outcome'],
    registers,
  })
  const delivery = histogram(
    'parley_delivery_seconds',
    'From the storing of a message to its first listener.',
    [],
  )
  return {
    registry,
    request: (method, route, status, ms) => requests.observe({ method, route, status }, ms / 1000),
    operation(name, outcome, ms) {
      outcomes.inc({ operation: name, outcome })
      operations.observe({ operation: name }, ms / 1000)
    },
    store: (method, ms) => stores.observe({ method }, ms / 1000),
    connections: (door, by) => connections.inc({ door }, by),
    change: event => changes.inc({ event }),
    sms: outcome => texts.inc({ outcome }),
    delivery: ms => delivery.observe(ms / 1000),
    queueLength: read => asked('parley_queue_length', 'Sessions that wait for an operator.', read),
    searchLag(read) {
      const changes = 'Changes of sessions, nearly all new messages, that search has not taken in.'
      asked('parley_search_waiting', changes, async () => (await read()).waiting)
      const age = 'How long the oldest message has waited that search has not taken in.'
      asked('parley_search_behind_seconds', age, async () => (await read()).seconds)
    },
  }
}
