import { useVisitor } from '@parley/sdk/react'
import { useEffect, useState } from 'react'
import { usePage } from '../../app/host-context.tsx'

/** Milliseconds. */
const ASK_EVERY_MS = 60_000

/** Is any operator online? As the page was told when it loaded, and asked again while that matters. */
export function useSomebodyHere(matters: boolean): boolean {
  const client = useVisitor()
  const { siteId, online } = usePage().settings
  const [here, setHere] = useState(online)
  useEffect(() => {
    if (!matters) return
    const ask = () => {
      client.call('site.widget', { siteId }).then(
        settings => setHere(settings.online),
        // What was known last is still the best guess.
        () => undefined,
      )
    }
    ask()
    const timer = setInterval(ask, ASK_EVERY_MS)
    return () => clearInterval(timer)
  }, [client, siteId, matters])
  return here
}
