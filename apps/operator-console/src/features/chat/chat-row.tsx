import type { Me } from '@parley/contracts'
import type { Chat } from '@parley/sdk'
import { memo } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { When } from '../../ui/when.tsx'
import { PresenceLine } from '../presence/index.ts'
import { RowFrame, type RowState } from '../session/index.ts'
import { ChatPicture } from './chat-picture.tsx'
import { chatPreview, titleOf } from './words.ts'

interface ChatRowProps extends RowState {
  chat: Chat
  me: Me | null
  href: string
  draft: boolean
}

export const ChatRow = memo(function ChatRow({ chat, me, href, draft, ...state }: ChatRowProps) {
  const texts = useTexts()
  const { session, other, unreadCount } = chat
  const title = titleOf(chat)
  return (
    <RowFrame
      id={chat.id}
      href={href}
      unread={unreadCount}
      picture={<ChatPicture title={title} other={other} />}
      name={title}
      time={<When className="session-row-time" at={session.lastMessageAt ?? session.createdAt} />}
      {...state}
    >
      {other && (
        <span className="unseen">
          <PresenceLine userId={other.id} />
        </span>
      )}
      <span className="session-row-text" dir="auto">
        {draft && <b>{texts('session.draft')} </b>}
        {chatPreview(texts, session, me)}
      </span>
    </RowFrame>
  )
})
