import { droppedFiles, hasFiles } from '@parley/design/files'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import './file-drop.css'

interface FileDropProps {
  /** `null`: nothing can be sent here. */
  onDrop: ((files: Iterable<File>) => void) | null
  children: ReactNode
}

/** Files that are dragged over it may be dropped on all of it. */
export function FileDrop({ onDrop, children }: FileDropProps) {
  const texts = useTexts()
  const [over, setOver] = useState(false)
  const taken = (event: DragEvent) => {
    if (onDrop === null || !hasFiles(event.dataTransfer)) return false
    event.preventDefault()
    return true
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut for the paperclip
    <div
      className="file-drop"
      onDragEnter={event => taken(event) && setOver(true)}
      onDragOver={taken}
      onDragLeave={event => {
        const { relatedTarget, currentTarget } = event
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false)
      }}
      onDrop={event => {
        setOver(false)
        if (taken(event)) onDrop?.(droppedFiles(event.dataTransfer))
      }}
    >
      {children}
      {over && (
        <p className="drop-here">
          <Icon name="attach" size={24} />
          {texts('file.drop')}
        </p>
      )}
    </div>
  )
}
