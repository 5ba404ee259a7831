import { useTexts } from '../i18n/i18n.tsx'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { Dialog, DialogFoot } from './dialog.tsx'
import './secret.css'

interface SecretProps {
  title: string
  text: string
  secret: string
  onClose: () => void
}

/** Shown once: it is nowhere else to be read afterwards. */
export function Secret({ title, text, secret, onClose }: SecretProps) {
  const texts = useTexts()
  return (
    <Dialog open onClose={onClose} title={title} description={text}>
      <div className="secret">
        <code>{secret}</code>
        <CopyButton text={secret} />
      </div>
      <DialogFoot>
        <Button look="primary" onClick={onClose}>
          {texts('secret.stored')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
