// Run by the tests beside it: one node over a real database, told by lines of JSON what its callers do.
import { argv, stderr, stdin, stdout } from 'node:process'
import { createInterface } from 'node:readline'
import { Failure } from '@parley/contracts'
import { StoreUnavailable } from '@parley/core'
import { openDatabase } from '../../src/adapters/postgres/connect.ts'
import type { Answer, Order } from './desk.ts'
import { deskOf, nodeOn } from './node-desk.ts'

const database = await openDatabase({ url: argv[2] ?? '' }, { poolSize: 8 })
const node = nodeOn(database, (what, cause) => stderr.write(`${what}: ${String(cause)}\n`))
const desk = deskOf(node)
await node.start()

const say = (answer: Answer) => stdout.write(`${JSON.stringify(answer)}\n`)

async function answer({ n, call, args }: Order): Promise<Answer> {
  try {
    const method: (...args: never[]) => Promise<unknown> = desk[call]
    return { n, kind: 'done', value: await method(...(args as never[])) }
  } catch (error) {
    if (error instanceof Failure) return { n, kind: 'refused', code: error.code }
    if (error instanceof StoreUnavailable) return { n, kind: 'away' }
    return { n, kind: 'broken', error: error instanceof Error ? `${error.stack}` : String(error) }
  }
}

say({ n: 0, kind: 'done', value: node.id })
for await (const line of createInterface(stdin)) void answer(JSON.parse(line) as Order).then(say)
await node.stop()
await database.close()
