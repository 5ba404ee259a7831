import { useEffect, useState } from 'react'
import { useTexts } from '../i18n/i18n.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

/** How long it says that it worked. Milliseconds. */
const SAID_MS = 2000

/** A page without HTTPS has no clipboard: then it says that the text has to be copied by hand. */
export function CopyButton({ text }: { text: string }) {
  const texts = useTexts()
  const [result, setResult] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (result !== 'copied') return
    const timer = setTimeout(() => setResult(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [result])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setResult('copied')
    } catch {
      setResult('failed')
    }
  }
  return (
    <Button size="s" className="copy-button" data-first onClick={() => void copy()}>
      <Icon name={result === 'copied' ? 'check' : 'copy'} size={16} />
      <span role="status">{texts(result === null ? 'copy' : `copy.${result}`)}</span>
    </Button>
  )
}
