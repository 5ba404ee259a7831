import type { Quote } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import { fileWord } from './file-word.ts'
import './message-quote.css'

/** Who said what, in two lines. `null`: it lies further back than what is loaded. */
export function QuoteText({ quote, name }: { quote: Quote | null; name: string | null }) {
  const texts = useTexts()
  const said = quote === null ? texts('message.earlier') : quote.text || fileWord(texts, quote)
  return (
    <>
      {name !== null && <bdi className="quote-name">{name}</bdi>}
      <span className="quote-text" dir="auto">
        {said}
      </span>
    </>
  )
}

interface MessageQuoteProps {
  quote: Quote | null
  name: string | null
  onGo: () => void
}

/** What a message answers; a press goes there. */
export function MessageQuote({ quote, name, onGo }: MessageQuoteProps) {
  const texts = useTexts()
  return (
    <button type="button" className="quote" onClick={onGo}>
      <span className="unseen">{texts('message.answers')} </span>
      <QuoteText quote={quote} name={name} />
    </button>
  )
}
