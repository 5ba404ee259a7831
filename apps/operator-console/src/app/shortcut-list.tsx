import { useTexts } from '../i18n/i18n.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { KEYS, SHORTCUTS } from './shortcuts.ts'
import './shortcut-list.css'

const FACES: Readonly<Record<string, string>> = { Enter: '↵', Escape: 'Esc' }

export function ShortcutList({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  return (
    <Dialog open onClose={onClose} title={texts('shortcut.title')}>
      <dl className="shortcut-list">
        {SHORTCUTS.map(name => (
          <div key={name}>
            <dt>{texts(`shortcut.${name}`)}</dt>
            <dd>
              <kbd>{FACES[KEYS[name]] ?? KEYS[name]}</kbd>
            </dd>
          </div>
        ))}
        <div>
          <dt>{texts('shortcut.send')}</dt>
          <dd>
            <kbd>↵</kbd>
          </dd>
        </div>
        <div>
          <dt>{texts('shortcut.line')}</dt>
          <dd>
            <kbd>⇧</kbd> <kbd>↵</kbd>
          </dd>
        </div>
      </dl>
    </Dialog>
  )
}
