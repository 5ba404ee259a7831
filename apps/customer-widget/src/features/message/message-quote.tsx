import type { Quote } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import type { Texts } from '../../i18n/texts.ts'
import { fileName } from '../file/index.ts'
import type { MessageTools } from './message-tools.ts'

/** What is left of a message in two lines. */
export function quoteText(texts: Texts, quote: Quote | null): string {
  if (!quote) return texts('message.earlier')
  if (quote.recalled) return texts('message.recalled')
  return quote.text || fileName(texts, quote)
}

interface MessageQuoteProps {
  replyTo: string
  /** `null`: it lies further back than what is loaded. */
  quote: Quote | null
  tools: MessageTools
}

/** What a message answers; a press goes there. */
export function MessageQuote({ replyTo, quote, tools }: MessageQuoteProps) {
  const texts = useTexts()
  return (
    <button type="button" className="quote" onClick={() => tools.goTo(replyTo)}>
      {quote && <b>{texts('message.answers', { name: tools.nameOf(quote) })}</b>}
      <span dir="auto">{quoteText(texts, quote)}</span>
    </button>
  )
}
