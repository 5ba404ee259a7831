import { Failure } from '@parley/contracts'
import type { Person } from '../../access/caller.ts'
import type { CoreOperation } from '../../node/chat-node.ts'
import type { Node } from '../../node/node.ts'
import type { Connection } from '../../ports/connection.ts'
import { StoreUnavailable } from '../../ports/store.ts'
import type { Answer, In, Up, Wire } from './wire.ts'

/** Answers with what a door would: a failure is data, a store that is away is `unavailable`. */
export async function answerOf(
  task: Promise<unknown>,
  unexpected: (cause: unknown) => void,
): Promise<Answer> {
  try {
    return { ok: true, output: await task }
  } catch (cause) {
    if (cause instanceof Failure) return { ok: false, code: cause.code }
    if (!(cause instanceof StoreUnavailable)) unexpected(cause)
    return { ok: false, code: 'unavailable' }
  }
}

interface Parts {
  readonly node: Node
  readonly link: Wire
  readonly caller: Person
  readonly connectionId: string
  /** As on `/ws`: it hears all of its person's sessions, what was not received first. */
  readonly backlog: boolean
  readonly unexpected: (cause: unknown) => void
}

/** The server's end of a link, as a transport would have it. */
export function openDoor({ node, link, caller, connectionId, backlog, unexpected }: Parts): void {
  const connection: Connection = {
    id: connectionId,
    caller,
    deliver: happening => link.down({ kind: 'event', happening }),
    ping: () => link.down({ kind: 'ping' }),
    close: () => link.cut(),
  }
  const pushBacklog = async () => {
    const { ok } = await answerOf(node.openInbox(connection, { backlog }), unexpected)
    if (!ok) link.cut()
  }
  const ready = answerOf(node.connect(connection), unexpected).then(async ({ ok }) => {
    if (!ok) link.cut()
    else link.down({ kind: 'open' })
    if (ok && backlog) await pushBacklog()
    return ok
  })
  const call = async ({ id, name, input }: Extract<Up, { kind: 'call' }>) => {
    if (!(await ready)) return
    const after: (() => void)[] = []
    const afterAnswer = (task: () => void) => after.push(task)
    const context = { caller, connection, requestId: null, afterAnswer }
    const task = node.perform(name, context, input as In<CoreOperation>)
    link.down({ kind: 'answer', id, answer: await answerOf(task, unexpected) })
    for (const task of after) task()
  }
  link.attachServer({
    receive: message => {
      if (message.kind === 'pong') node.ponged(connectionId)
      else void call(message)
    },
    closed: () => node.disconnect(connectionId),
  })
}
