import { useTexts } from '../../i18n/i18n.tsx'

export function Greeting({ here }: { here: boolean }) {
  const texts = useTexts()
  return (
    <div className="greeting">
      <h2>{texts('greeting')}</h2>
      <p>{texts(here ? 'greeting.here' : 'greeting.nobody')}</p>
    </div>
  )
}
