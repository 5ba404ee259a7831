import { useVisitor } from '@parley/sdk/react'
import { ParleyError } from '@parley/sdk/visitor'
import { useTexts } from '../../i18n/i18n.tsx'
import { Question } from './question.tsx'

export function RecallQuestion({ messageId, done }: { messageId: string; done: () => void }) {
  const texts = useTexts()
  const client = useVisitor()
  return (
    <Question
      ask={texts('message.recall.ask')}
      no={texts('message.recall.no')}
      yes={texts('message.recall')}
      act={() => client.call('message.recall', { messageId })}
      failed={reason => {
        const late = ParleyError.of(reason).code === 'recall_window_passed'
        return texts(late ? 'message.recall.late' : 'message.recall.failed')
      }}
      done={done}
      next={() => document.getElementById(messageId)}
    />
  )
}
