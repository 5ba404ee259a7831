import {
  type CallBinding,
  CHAT_CALLS,
  FRAME_CALLS,
  type OperationName,
  operationsByName,
  REST,
  type RestBinding,
  SUPPORT_CALLS,
} from '@parley/contracts'
import { Ear } from '../support/ear.ts'
import { Frames } from '../support/frames.ts'
import { API_KEY, type TestServer } from '../support/server.ts'

/** `ok`, or the code of the refusal. */
export type Outcome = string
export type Input = Readonly<Record<string, unknown>>

/** Who calls, as its credential says. */
export type Credential =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'key' }
  | { readonly kind: 'person'; readonly token: string }

export interface Door {
  /** The calls that stand for the operation here: its routes, events, frames. None: it is not offered. */
  ways(operation: OperationName): readonly Way[]
}

export interface Way {
  readonly name: string
  /** Null: it has no way to say this, as a path without its id. */
  call(input: Input): Promise<Outcome | null>
}

type Spelling = Pick<CallBinding, 'fields' | 'values'>

/** The operation's own words in the binding's spelling. */
function spelled(input: Input, { fields = {}, values = {} }: Spelling): Record<string, unknown> {
  const wireNames = new Map(Object.entries(fields).map(([wire, ours]) => [ours, wire]))
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const wire = wireNames.get(name) ?? name
      const meant = Object.entries(values[wire] ?? {}).find(([, ours]) => ours === value)?.[0]
      return [wire, meant ?? value]
    }),
  )
}

const headersOf = (who: Credential): Record<string, string> => {
  if (who.kind === 'anyone') return {}
  return who.kind === 'key' ? { 'x-api-key': API_KEY } : { authorization: `Bearer ${who.token}` }
}

async function fetched(url: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, init)
  return { status: response.status, body: await response.json() }
}

export function restDoor({ url }: TestServer, who: Credential): Door {
  const way = (binding: RestBinding): Way => ({
    name: `${binding.method} ${binding.path}`,
    async call(input) {
      const fields = spelled(input, binding)
      const inPath = [...binding.path.matchAll(/:(\w+)/g)].map(([, name]) => fields[String(name)])
      if (inPath.includes(undefined)) return null
      const path = binding.path.replaceAll(/:(\w+)/g, (_, name: string) => {
        const value = String(fields[name])
        delete fields[name]
        return encodeURIComponent(value)
      })
      const inQuery = binding.method === 'GET' ? `?${new URLSearchParams(asText(fields))}` : ''
      const { body } = await fetched(url + path + inQuery, {
        method: binding.method,
        headers: { ...headersOf(who), ...(inQuery === '' && { 'content-type': 'application/json' }) },
        ...(inQuery === '' && { body: JSON.stringify(fields) }),
      })
      const { success, error } = body as { success: boolean; error: string }
      return success ? 'ok' : error
    },
  })
  return { ways: operation => REST.filter(binding => binding.operation === operation).map(way) }
}

const asText = (fields: Record<string, unknown>) =>
  Object.entries(fields).map(([name, value]) => [name, String(value)])

export function trpcDoor({ url }: TestServer, who: Credential): Door {
  const call = async (operation: OperationName, input: Input): Promise<Outcome> => {
    const isQuery = operationsByName[operation].kind === 'query'
    const text = JSON.stringify(input)
    const { body } = await fetched(
      `${url}/trpc/${operation}${isQuery ? `?input=${encodeURIComponent(text)}` : ''}`,
      {
        method: isQuery ? 'GET' : 'POST',
        headers: { ...headersOf(who), 'content-type': 'application/json' },
        ...(!isQuery && { body: text }),
      },
    )
    const { error } = body as { error?: { data: { error: string } } }
    return error ? error.data.error : 'ok'
  }
  return { ways: operation => [{ name: 'tRPC', call: input => call(operation, input) }] }
}

interface Live {
  readonly door: Door
  close(): void
}

export async function socketDoor(server: TestServer, who: Credential): Promise<Live | null> {
  if (who.kind !== 'person') return null
  const ear = await Ear.open(server, { token: who.token })
  const calls = [...SUPPORT_CALLS, ...CHAT_CALLS]
  const way = (binding: CallBinding): Way => ({
    name: `Socket.IO ${binding.event}`,
    async call(input) {
      const answer: unknown = await ear.call(binding.event, spelled(input, binding))
      return outcomeOf(answer)
    },
  })
  return {
    door: { ways: operation => calls.filter(binding => binding.operation === operation).map(way) },
    close: () => ear.close(),
  }
}

/** An acknowledgement that the documented client knows otherwise is no refusal: an array of people, say. */
function outcomeOf(answer: unknown): Outcome {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return 'ok'
  const { ok, error } = answer as { ok?: boolean; error?: { code: string } }
  return ok === false ? (error?.code ?? 'refused') : 'ok'
}

export function wsDoor(server: TestServer, who: Credential): Live | null {
  if (who.kind !== 'person') return null
  const calls = [...FRAME_CALLS, ...CHAT_CALLS]
  // Refused ones with bad data close a connection in the end: each call has its own.
  const way = (binding: CallBinding): Way => ({
    name: `/ws ${binding.event}`,
    async call(input) {
      const frames = await Frames.open(server, who.token)
      frames.send(binding.event, spelled(input, binding), 'it')
      const answer = await frames.until(
        () => frames.heard.find(({ id, type }) => id === 'it' && type !== binding.reply?.event),
        `an answer to ${binding.event}`,
      )
      frames.close()
      if (answer.type === 'ack') return 'ok'
      const { code, reason } = answer.data as { code?: string; reason?: string }
      return code ?? reason ?? answer.type
    },
  })
  return {
    door: { ways: operation => calls.filter(binding => binding.operation === operation).map(way) },
    close: () => undefined,
  }
}
