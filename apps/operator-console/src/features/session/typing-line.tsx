import type { Session } from '@parley/contracts'
import type { Writer } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import { useOperatorName } from '../operator/index.ts'
import { nameOf } from './words.ts'

/** Keeps its place when nobody writes, so that nothing moves. */
export function TypingLine({ writers, session }: { writers: readonly Writer[]; session: Session }) {
  const texts = useTexts()
  const operatorName = useOperatorName()
  const [writer] = writers
  if (!writer) return <p className="session-typing" />
  const name =
    writer.userId === session.userId
      ? nameOf(texts, session)
      : (operatorName(writer.userId, session.operator) ?? texts(`message.sender.${writer.userType}`))
  return <p className="session-typing">{texts('typing.line', { name })}</p>
}
