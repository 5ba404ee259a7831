import { useParley } from '@parley/sdk/react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Logo } from '../../ui/logo.tsx'
import { ToastProvider } from '../../ui/toast.tsx'
import { useAction } from '../../ui/use-action.ts'
import { ChangePassword } from './change-password.tsx'
import './sign-in.css'

/** Somebody else has made the password one has signed in with: the server lets nothing else be done before it is changed. */
export function FirstPassword() {
  const client = useParley()
  const texts = useTexts()
  /** Who one is and what one may is asked anew. */
  const again = () => {
    client.disconnect()
    client.connect()
  }
  const leave = useAction(async () => {
    await client.call('console.sign-out')
    await client.forget()
    client.connect()
  })
  return (
    <ToastProvider>
      <main className="sign-in">
        <div className="sign-in-form">
          <Logo />
          <h1>{texts('auth.first_title')}</h1>
          <p>{texts('auth.first_text')}</p>
          <ChangePassword onChanged={again} />
          <div>
            <Button pending={leave.pending} onClick={() => void leave.run()}>
              {texts('auth.sign_out')}
            </Button>
          </div>
        </div>
      </main>
    </ToastProvider>
  )
}
