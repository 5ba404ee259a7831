import { droppedFiles, hasFiles } from '@parley/design/files'
import { type DragEvent, type ReactNode, useState } from 'react'
import { Icon } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import './file.css'

interface FileDropProps {
  /** `null`: nothing can be sent now. */
  drop: ((files: readonly File[]) => void) | null
  children: ReactNode
}

/** The whole panel: files may be dropped anywhere on it. What is not taken here, the browser would open in its place. */
export function FileDrop({ drop, children }: FileDropProps) {
  const texts = useTexts()
  const [over, setOver] = useState(false)
  const hover = (event: DragEvent) => {
    if (!hasFiles(event.dataTransfer)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = drop ? 'copy' : 'none'
    setOver(drop !== null)
  }
  const leave = ({ relatedTarget, currentTarget }: DragEvent) => {
    if (!currentTarget.contains(relatedTarget as Node | null)) setOver(false)
  }
  const take = (event: DragEvent) => {
    setOver(false)
    if (!hasFiles(event.dataTransfer)) return
    event.preventDefault()
    drop?.(droppedFiles(event.dataTransfer))
  }
  return (
    <main className="chat" onDragEnter={hover} onDragOver={hover} onDragLeave={leave} onDrop={take}>
      {children}
      {over && (
        <p className="drop-here">
          <Icon name="attach" />
          {texts('file.drop')}
        </p>
      )}
    </main>
  )
}
