import type { StoredMessage } from '@parley/sdk'
import { usePerson } from '@parley/sdk/react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Popover } from '../../ui/popover.tsx'
import { When } from '../../ui/when.tsx'
import type { MessageTools } from './message-tools.ts'
import './read-by.css'

/** How many have read a message; a press says who, and when. */
export function ReadBy({ message, tools }: { message: StoredMessage; tools: MessageTools }) {
  const texts = useTexts()
  const { readers, count } = tools.handle.readBy(message.id)
  if (count === 0) return null
  const words = texts('message.read_by', { n: count })
  return (
    <Popover
      label={words}
      trigger={
        <button type="button" className="read-by numbers">
          {words}
        </button>
      }
    >
      <p className="menu-head numbers">{words}</p>
      <ul className="readers">
        {readers.map(({ userId, at }) => (
          <li key={userId} className="reader">
            <ReaderName userId={userId} known={tools.nameOf(userId)} />
            {at !== null && <When className="reader-time" at={at} />}
          </li>
        ))}
      </ul>
      {count > readers.length && (
        <p className="menu-head numbers">{texts('message.readers_more', { n: count - readers.length })}</p>
      )}
    </Popover>
  )
}

function ReaderName({ userId, known }: { userId: string; known: string }) {
  const person = usePerson(userId)
  const name = person?.name ?? known
  return (
    <>
      <Avatar name={name} picture={person?.avatar ?? null} size={24} />
      <bdi className="reader-name">{name}</bdi>
    </>
  )
}
