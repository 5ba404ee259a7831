import { Menu } from '../../app/menu.tsx'
import { useTexts } from '../../i18n/i18n.tsx'

interface MessageMenuProps {
  isOpen: boolean
  setOpen: (open: boolean) => void
  recall: () => void
}

/** Beside one's own message: shown to a mouse that is over it, to the keyboard, and opened by a finger that rests. */
export function MessageMenu({ isOpen, setOpen, recall }: MessageMenuProps) {
  const texts = useTexts()
  return (
    <Menu label={texts('message.actions')} icon="menu" isOpen={isOpen} setOpen={setOpen}>
      <button type="button" role="menuitem" tabIndex={-1} onClick={recall}>
        {texts('message.recall')}
      </button>
    </Menu>
  )
}
