import type { StoredMessage } from '@parley/sdk'
import { useMe } from '@parley/sdk/react'
import { useTexts } from '../../i18n/i18n.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { MessageTools, Removal } from './message-tools.ts'
import './message-menu.css'

const EMOJIS = ['👍', '❤️', '😂', '😮', '😢', '🎉', '✅', '👀'] as const

/** The server's usual time for taking a message back; of a site with another one its answer says so. Milliseconds. */
const RECALL_MS = 2 * 60_000

interface MenuProps {
  message: StoredMessage
  tools: MessageTools
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function MessageMenu({ message, tools, open, onOpenChange }: MenuProps) {
  const texts = useTexts()
  const copy = useCopy(message.text)
  const removal = useRemoval(message)
  return (
    <Menu
      open={open}
      onOpenChange={onOpenChange}
      align={message.mine ? 'end' : 'start'}
      trigger={<IconButton className="message-more" icon="more" label={texts('message.actions')} />}
    >
      <div className="message-emojis">
        {EMOJIS.map(emoji => (
          <MenuItem key={emoji} onSelect={() => tools.onReact(message, emoji)}>
            <span role="img" aria-label={texts('message.react', { emoji })}>
              {emoji}
            </span>
          </MenuItem>
        ))}
      </div>
      <MenuLine />
      <Action icon="reply" words={texts('message.reply')} onSelect={() => tools.onReply(message)} />
      <Action icon="share" words={texts('message.forward')} onSelect={() => tools.onForward(message)} />
      {message.text !== '' && <Action icon="copy" words={texts('copy')} onSelect={() => void copy()} />}
      {removal && (
        <>
          <MenuLine />
          <Action
            icon="trash"
            words={texts(`message.${removal}`)}
            onSelect={() => tools.onRemove(message, removal)}
          />
        </>
      )}
    </Menu>
  )
}

interface ActionProps {
  icon: IconName
  words: string
  onSelect: () => void
}

const Action = ({ icon, words, onSelect }: ActionProps) => (
  <MenuItem onSelect={onSelect}>
    <Icon name={icon} size={16} />
    {words}
  </MenuItem>
)

function useRemoval({ mine, createdAt }: StoredMessage): Removal | null {
  const admin = useMe()?.role === 'admin'
  if (mine && Date.now() - Date.parse(createdAt) < RECALL_MS) return 'recall'
  return mine || admin ? 'delete' : null
}

function useCopy(text: string) {
  const texts = useTexts()
  const toast = useToast()
  return async () => {
    try {
      await navigator.clipboard.writeText(text)
      toast(texts('copy.copied'))
    } catch {
      toast(texts('copy.failed'), 'problem')
    }
  }
}
