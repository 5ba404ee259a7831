import { percentOf } from '@parley/design/files'
import type { TimelineMessage } from '@parley/sdk'
import { useEffect, useRef } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import type { Texts } from '../../i18n/texts.ts'
import { fileName } from '../file/index.ts'
import { failedText } from '../message/index.ts'

/** Who listens is told so often how far an upload is, at most. Milliseconds. */
const EVERY_MS = 5000

const isUploading = (message: TimelineMessage) => message.state === 'waiting' && message.uploading !== null

/** `told`: when it was last spoken of, if it was. `null`: there is nothing to say now. */
function uploadNews(texts: Texts, message: TimelineMessage, told: number | undefined): string | null {
  const name = fileName(texts, message)
  if (told === undefined) return texts('file.uploading', { name })
  if (message.state === 'failed') return failedText(texts, message)
  if (message.state !== 'waiting') return texts('file.sent', { name })
  if (!message.uploading || Date.now() - told < EVERY_MS) return null
  return texts('file.progress', { name, n: percentOf(message.uploading) })
}

/** How a visitor's files get on, in words: that they are on their way, how far, and how it ended. */
export function useUploadNews(messages: readonly TimelineMessage[], say: (words: string) => void): void {
  const texts = useTexts()
  const told = useRef(new Map<string, number>())
  useEffect(() => {
    const { current } = told
    for (const message of messages.filter(one => isUploading(one) || current.has(one.key))) {
      const news = uploadNews(texts, message, current.get(message.key))
      if (news === null) continue
      if (message.state === 'waiting') current.set(message.key, Date.now())
      else current.delete(message.key)
      say(news)
    }
  })
}
