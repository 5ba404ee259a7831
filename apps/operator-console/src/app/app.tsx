import type { FailureCode } from '@parley/sdk'
import { useConnection, useMe, useParley } from '@parley/sdk/react'
import { useEffect } from 'react'
import { FirstPassword, SignIn } from '../features/auth/index.ts'
import { codeText } from '../i18n/error-text.ts'
import { useTexts } from '../i18n/i18n.tsx'
import { Button } from '../ui/button.tsx'
import { Logo } from '../ui/logo.tsx'
import { Notice } from '../ui/notice.tsx'
import { Shell } from './shell.tsx'
import './app.css'

/** Signed in, or not, or not yet known. */
export function App() {
  const client = useParley()
  const connection = useConnection()
  const me = useMe()
  useEffect(() => client.connect(), [client])
  const refused = connection.status === 'refused' ? connection.code : null
  if (refused === 'unauthorized') return <SignIn again={me !== null} />
  if (me?.mustChangePassword) return <FirstPassword />
  if (refused !== null) return <Refused code={refused} />
  return me ? <Shell key={me.id} me={me} /> : <Starting />
}

/** Before the server has said who one is. */
function Starting() {
  const client = useParley()
  const texts = useTexts()
  const { status } = useConnection()
  const away = status === 'reconnecting' || status === 'offline'
  return (
    <main className="app-starting">
      <Logo size={40} />
      <div role="status">
        {away ? (
          <Notice title={texts('offline.unreachable')} text={texts('offline.trying')}>
            <Button onClick={() => client.connect()}>{texts('try_again')}</Button>
          </Notice>
        ) : (
          <span className="unseen">{texts('loading')}</span>
        )}
      </div>
    </main>
  )
}

/** The server will not have this page: too old a one is loaded anew. */
function Refused({ code }: { code: FailureCode }) {
  const client = useParley()
  const texts = useTexts()
  const outdated = code === 'protocol_outdated'
  return (
    <main className="app-starting">
      <Logo size={40} />
      <Notice title={texts(outdated ? 'outdated.title' : 'refused.title')} text={codeText(texts, code)}>
        {outdated ? (
          <Button look="primary" onClick={() => window.location.reload()}>
            {texts('outdated.reload')}
          </Button>
        ) : (
          <Button onClick={() => client.connect()}>{texts('try_again')}</Button>
        )}
      </Notice>
    </main>
  )
}
