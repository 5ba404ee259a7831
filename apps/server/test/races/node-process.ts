import { once } from 'node:events'
import { bundleChild, type Child } from '../../src/adapters/postgres/testing/child.ts'
import type { Answer, Desk } from './desk.ts'

export class Refused extends Error {
  readonly code: string

  constructor(code: string) {
    super(`refused: ${code}`)
    this.code = code
  }
}

/** The process was killed: nothing is known of what was asked. */
export class Killed extends Error {}

export interface NodeProcess {
  readonly desk: Desk
  /** Sees to what is under way, gives up its leases, ends. */
  stop(): Promise<void>
  kill(): Promise<void>
}

export const bundleNode = () => bundleChild(new URL('./node-child.ts', import.meta.url))
export type NodeBundle = Awaited<ReturnType<typeof bundleNode>>

export async function startNode(bundle: NodeBundle, url: string): Promise<NodeProcess> {
  const { process, lines } = bundle.start(url)
  const asked = answersOf({ process, lines })
  await asked.answer(0)
  let next = 0
  const perform = (call: string, args: readonly unknown[]) => {
    next += 1
    const answer = asked.answer(next)
    process.stdin.write(`${JSON.stringify({ n: next, call, args })}\n`)
    return answer
  }
  const desk = new Proxy({} as Desk, {
    get:
      (_, call: string) =>
      (...args: unknown[]) =>
        perform(call, args),
  })
  const ended = once(process, 'exit')
  return {
    desk,
    async stop() {
      process.stdin.end()
      await ended
    },
    async kill() {
      process.kill('SIGKILL')
      await ended
    },
  }
}

function answersOf({ process, lines }: Child) {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (why: Error) => void }>()
  let dead = false
  lines.on('line', line => {
    const answer = JSON.parse(line) as Answer
    const one = waiting.get(answer.n)
    waiting.delete(answer.n)
    if (answer.kind === 'done') one?.resolve(answer.value)
    else one?.reject(faultOf(answer))
  })
  process.stdin.on('error', () => undefined) // who asks a process that has been killed hears it below
  lines.once('close', () => {
    dead = true
    for (const { reject } of waiting.values()) reject(new Killed('the process is gone'))
  })
  return {
    answer: (n: number) =>
      new Promise<unknown>((resolve, reject) => {
        if (dead) reject(new Killed('the process is gone'))
        else waiting.set(n, { resolve, reject })
      }),
  }
}

function faultOf(answer: Exclude<Answer, { kind: 'done' }>): Error {
  if (answer.kind === 'refused') return new Refused(answer.code)
  return new Error(answer.kind === 'away' ? 'the store does not answer' : answer.error)
}
