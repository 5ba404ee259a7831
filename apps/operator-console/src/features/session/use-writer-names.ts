import type { Session } from '@parley/contracts'
import type { Writer } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import { useOperatorName } from '../operator/index.ts'
import { nameOf } from './words.ts'

export function useWriterNames(writers: readonly Writer[], session: Session): readonly string[] {
  const texts = useTexts()
  const operatorName = useOperatorName()
  return writers.map(({ userId, userType }) =>
    userId === session.userId
      ? nameOf(texts, session)
      : (operatorName(userId, session.operator) ?? texts(`message.sender.${userType}`)),
  )
}
