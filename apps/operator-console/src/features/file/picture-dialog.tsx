import { useTexts } from '../../i18n/i18n.tsx'
import { Dialog, DialogFoot } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'

interface PictureDialogProps {
  name: string
  address: string
  onClose: () => void
}

export function PictureDialog({ name, address, onClose }: PictureDialogProps) {
  const texts = useTexts()
  return (
    <Dialog open wide onClose={onClose} title={name}>
      <img className="picture-large" src={address} alt={name} />
      <DialogFoot>
        <a
          className="button button-plain button-size-m"
          href={address}
          download={name}
          target="_blank"
          rel="noopener noreferrer"
        >
          <Icon name="take" size={16} />
          {texts('file.save')}
        </a>
      </DialogFoot>
    </Dialog>
  )
}
