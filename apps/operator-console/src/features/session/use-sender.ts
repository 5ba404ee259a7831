import type { Session } from '@parley/contracts'
import type { TimelineMessage } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import type { Sender } from '../message/index.ts'
import { useOperatorName } from '../operator/index.ts'
import { nameOf } from './words.ts'

export function useSender(session: Session): (message: TimelineMessage) => Sender {
  const texts = useTexts()
  const operatorName = useOperatorName()
  const name = ({ mine, senderId, senderType }: TimelineMessage) => {
    if (mine) return texts('message.me')
    if (senderId === session.userId) return nameOf(texts, session)
    return operatorName(senderId, session.operator) ?? texts(`message.sender.${senderType}`)
  }
  return message => ({ name: name(message), avatar: null })
}
