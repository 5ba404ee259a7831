import type { ConnectionState } from '@parley/sdk'
import { useConnection, useParley } from '@parley/sdk/react'
import { useTexts } from '../i18n/i18n.tsx'
import { useSeconds } from '../i18n/use-now.ts'
import './connection-bar.css'

type Away = Extract<ConnectionState, { since: number }>

/** A connection that is back at once is none of the person's business. Milliseconds. */
const PATIENCE_MS = 1000

export function ConnectionBar() {
  const connection = useConnection()
  // At the foot, where its coming moves nothing that a pointer may be on its way to.
  return (
    <div className="connection" role="status">
      {'since' in connection && <Bar connection={connection} />}
    </div>
  )
}

function Bar({ connection }: { connection: Away }) {
  const client = useParley()
  const texts = useTexts()
  const now = useSeconds()
  if (now - connection.since < PATIENCE_MS) return null
  return (
    <p className="connection-bar">
      <span>{texts(connection.status === 'offline' ? 'offline.bar' : 'offline.reconnecting')}</span>
      <button type="button" onClick={() => client.connect()}>
        {texts('try_now')}
      </button>
    </p>
  )
}
