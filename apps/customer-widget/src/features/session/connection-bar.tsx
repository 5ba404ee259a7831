import type { ConnectionState, TimelineMessage } from '@parley/sdk'
import { useConnection } from '@parley/sdk/react'
import { useEffect, useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'

/** A connection that is back at once is none of the visitor's business. Milliseconds. */
const PATIENCE_MS = 1500

/** In words, if there is something to say. */
type Trouble = 'reconnecting' | 'offline' | 'outdated' | 'refused' | null

function troubleOf(connection: ConnectionState, waits: boolean): Trouble {
  switch (connection.status) {
    case 'refused':
      return connection.code === 'protocol_outdated' ? 'outdated' : 'refused'
    case 'online':
      return null
    case 'offline':
      return 'offline'
    case 'reconnecting':
      return 'reconnecting'
    default:
      // The first message makes the connection: it is on its way, or can't go.
      return waits ? 'reconnecting' : null
  }
}

export function ConnectionBar({ messages }: { messages: readonly TimelineMessage[] }) {
  const texts = useTexts()
  const trouble = useLasting(
    troubleOf(
      useConnection(),
      messages.some(message => message.state === 'waiting'),
    ),
  )
  return (
    <div className="connection" role="status">
      {trouble && (
        <p>
          {texts(`connection.${trouble}`)}
          {trouble === 'outdated' && (
            <button type="button" onClick={() => location.reload()}>
              {texts('app.reload')}
            </button>
          )}
        </p>
      )}
    </div>
  )
}

/** What has lasted for a while; that it is over is told at once. */
function useLasting(trouble: Trouble): Trouble {
  const [lasting, setLasting] = useState<Trouble>(null)
  useEffect(() => {
    const timer = setTimeout(() => setLasting(trouble), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [trouble])
  return trouble && lasting ? trouble : null
}
