import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu, MenuHead, MenuItem } from '../../ui/menu.tsx'
import { END_REASONS, type EndReason } from './words.ts'

interface EndMenuProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  onEnd: (reason: EndReason) => void
}

export function EndMenu({ open, onOpenChange, onEnd }: EndMenuProps) {
  const texts = useTexts()
  return (
    <Menu
      open={open}
      onOpenChange={onOpenChange}
      trigger={
        <Button className="session-action" aria-keyshortcuts="e" title={texts('session.end_key')}>
          <Icon name="end" size={16} />
          <span className="session-action-name">{texts('session.end')}</span>
        </Button>
      }
    >
      <MenuHead>{texts('session.end_why')}</MenuHead>
      {END_REASONS.map(reason => (
        <MenuItem key={reason} onSelect={() => onEnd(reason)}>
          {texts(`session.reason.${reason}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}
