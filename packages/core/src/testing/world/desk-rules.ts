import { heldBy, type MessageRow, type SessionRow, type State } from '../memory-store/state.ts'
import { Violation } from './violation.ts'

/** What must hold in the store at every moment: written here once more, so that the rules don't judge themselves. */
export function checkDesk(rows: State): void {
  checkCapacity(rows)
  const open = new Set<string>()
  for (const session of rows.sessions.values()) {
    if (session.type === 'support') checkOperator(session)
    checkNumbers(session)
    for (const message of session.messages) checkMessage(message)
    if (session.status === 'ended' || session.userId === null) continue
    if (open.has(session.userId)) throw new Violation('S2', `${session.userId} has two open sessions`)
    open.add(session.userId)
  }
  checkQueue(rows)
}

function checkCapacity(rows: State): void {
  for (const { id, maxUsers } of rows.operators.values()) {
    const load = heldBy(rows, id).length
    if (load > maxUsers) throw new Violation('A1', `${id} holds ${load} sessions and may hold ${maxUsers}`)
  }
}

function checkOperator({ id, status, operatorId, parts }: SessionRow): void {
  if ((status === 'active') !== (operatorId !== null) && status !== 'ended')
    throw new Violation('A2', `${id} is ${status} and has the operator ${operatorId}`)
  const operators = [...parts.values()].filter(part => part.role === 'operator' && part.leftChange === null)
  const expected = operatorId === null ? [] : [operatorId]
  if (operators.map(part => part.userId).join() !== expected.join())
    throw new Violation(
      'A2',
      `${id} has the operators ${operators.map(part => part.userId)}, not ${expected}`,
    )
}

function checkNumbers({ id, lastSeq, lastChange, messages, changes }: SessionRow): void {
  if (messages.length !== lastSeq || messages.some(({ seq }, index) => seq !== index + 1))
    throw new Violation('M1', `${id} ends at seq ${lastSeq} and has ${messages.map(({ seq }) => seq)}`)
  const numbers = new Set([
    ...messages.map(({ createdChange }) => createdChange),
    ...changes.map(({ change }) => change),
  ])
  const highest = Math.max(0, ...numbers)
  const count = messages.length + changes.length
  if (numbers.size !== count || highest !== lastChange || count !== lastChange)
    throw new Violation(
      'S10',
      `${id} ends at change ${lastChange} and has ${[...numbers].sort((a, b) => a - b)}`,
    )
}

function checkMessage({ id, recalled, text, file, reactions }: MessageRow): void {
  const people = Object.values(reactions)
  if (recalled && (text !== '' || file !== null || people.length > 0))
    throw new Violation('M25', `${id} was taken back and still says something`)
  if (people.some(userIds => userIds.length === 0 || new Set(userIds).size < userIds.length))
    throw new Violation('M26', `${id} has the reactions ${JSON.stringify(reactions)}`)
}

function checkQueue(rows: State): void {
  const waiting = [...rows.sessions.values()].filter(({ status }) => status === 'waiting')
  if (waiting.length === 0) return
  for (const { id, isActive, status, maxUsers } of rows.operators.values()) {
    if (!isActive || status !== 'online' || heldBy(rows, id).length >= maxUsers) continue
    const left = waiting.find(({ userId, avoidOperatorId }) => userId !== id && avoidOperatorId !== id)
    if (left) throw new Violation('A3', `${left.id} waits, and ${id} has room`)
  }
}
