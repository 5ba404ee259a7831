import { useTexts } from '../../i18n/i18n.tsx'
import './typing-line.css'

/** From so many on nobody reads the names. */
const MANY = 4

/** Keeps its place when nobody writes, so that nothing moves. */
export function TypingLine({ names }: { names: readonly string[] }) {
  const texts = useTexts()
  const said = () => {
    const [name] = names
    if (name === undefined) return ''
    if (names.length === 1) return texts('typing.line', { name })
    if (names.length >= MANY) return texts('typing.many')
    const list = new Intl.ListFormat(texts.locale).format(names)
    return texts('typing.several', { names: list })
  }
  return <p className="typing-line">{said()}</p>
}
