import type { Session } from '@parley/contracts'
import type { TimelineMessage } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import { useOperatorName } from '../operator/index.ts'
import { nameOf } from './words.ts'

export function useSenderName(session: Session): (message: TimelineMessage) => string {
  const texts = useTexts()
  const operatorName = useOperatorName()
  return ({ mine, senderId, senderType }) => {
    if (mine) return texts('message.me')
    if (senderId === session.userId) return nameOf(texts, session)
    return operatorName(senderId, session.operator) ?? texts(`message.sender.${senderType}`)
  }
}
