import { type OperationName, operationsByName, REST, type RestBinding, respell } from '@parley/contracts'
import { operationExamples } from '@parley/contracts/examples'
import { describe, expect, it } from 'vitest'
import { NOBODY, spellRequest } from './request.ts'
import type { Route, Routes } from './route.ts'
import { ROUTES } from './routes.ts'

const routes: Routes = ROUTES
const spelled = ({ method, path }: RestBinding) => `${method} ${path}`
/** Of an operation that is documented twice the one we use, else its first. */
const BINDINGS = new Map(
  REST.toReversed()
    .toSorted((a, b) => Number(isOurs(a)) - Number(isOurs(b)))
    .map(binding => [binding.operation, binding]),
)

function isOurs(binding: RestBinding): boolean {
  return routes[binding.operation]?.to === spelled(binding)
}

const routeOf = (operation: OperationName): Route => {
  const route = routes[operation]
  if (!route) throw new Error(`${operation} has no route`)
  return route
}

/** What the server finds in a request: parameters, query and body in one. */
function received(template: string, path: string, body: unknown): Record<string, unknown> {
  const url = new URL(path, 'http://server')
  const names = [...template.matchAll(/:(\w+)/g)].map(([, name]) => String(name))
  const values = new RegExp(`^${template.replace(/:\w+/g, '([^/]+)')}$`).exec(url.pathname)?.slice(1) ?? []
  const params = names.map((name, i) => [name, decodeURIComponent(values[i] ?? '')])
  const parsed: object = typeof body === 'string' ? JSON.parse(body) : {}
  return { ...parsed, ...Object.fromEntries(url.searchParams), ...Object.fromEntries(params) }
}

describe('routes', () => {
  it('are those of the contracts, operation by operation', () => {
    const theirs = [...BINDINGS].map(([operation, binding]) => [operation, spelled(binding)])
    const ours = Object.entries(routes).map(([operation, { to }]) => [operation, to])
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs))
  })

  it.each([...BINDINGS])('%s is asked as the server reads it', (operation, binding) => {
    const { input } = operationsByName[operation]
    const named = [...binding.path.matchAll(/:(\w+)/g)].map(
      ([, name]) => binding.fields?.[name ?? ''] ?? name,
    )
    const inputs = operationExamples[operation].valid.map(example => respell(example, binding) as object)
    for (const meant of inputs.filter(input => named.every(name => name === undefined || name in input))) {
      const { path, init } = spellRequest(routeOf(operation), meant, NOBODY)
      expect(init.method).toBe(binding.method)
      expect(input.parse(respell(received(binding.path, path, init.body), binding))).toEqual(
        input.parse(meant),
      )
    }
  })

  it.each([...BINDINGS])('%s is answered as the server writes it', (operation, binding) => {
    const { output } = operationExamples[operation]
    const { data, pagination } = binding.answer?.(output) ?? { data: output, pagination: undefined }
    const answer = { data, pagination: pagination as undefined, status: binding.status?.(output) ?? 200 }
    expect(routeOf(operation).read?.(answer) ?? answer.data).toEqual(output)
  })

  it('know which answers have no envelope', () => {
    const bare = (operation: OperationName) => routeOf(operation).bare ?? false
    for (const [operation, binding] of BINDINGS) expect(bare(operation)).toBe(binding.bare ?? false)
  })
})
