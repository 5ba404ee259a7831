import { useState } from 'react'
import { Icon } from '../../app/icon.tsx'
import { Menu } from '../../app/menu.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { useSound } from '../notification/index.ts'

/** What can be done with the whole chat. `end` is null where there is nothing to end. */
export function ChatMenu({ end }: { end: (() => void) | null }) {
  const texts = useTexts()
  const [sound, setSound] = useSound()
  const [isOpen, setOpen] = useState(false)
  return (
    <Menu label={texts('app.menu')} icon="menu" isOpen={isOpen} setOpen={setOpen}>
      <button
        type="button"
        role="menuitemcheckbox"
        aria-checked={sound}
        tabIndex={-1}
        onClick={() => setSound(!sound)}
      >
        {texts('sound')}
        {sound && <Icon name="check" size={18} />}
      </button>
      {end && (
        <button type="button" role="menuitem" tabIndex={-1} onClick={end}>
          {texts('session.end')}
        </button>
      )}
    </Menu>
  )
}
