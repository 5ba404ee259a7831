import { ParleyError } from '@parley/sdk'
import { useParley } from '@parley/sdk/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { errorText, waitText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import type { Texts } from '../../i18n/translate.ts'
import { useSeconds } from '../../i18n/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem, TextField } from '../../ui/field.tsx'
import { Logo } from '../../ui/logo.tsx'
import { useAction } from '../../ui/use-action.ts'
import './sign-in.css'

/** `again`: one was signed in before. */
export function SignIn({ again = false }: { again?: boolean }) {
  const client = useParley()
  const texts = useTexts()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const passwordInput = useRef<HTMLInputElement>(null)
  const signIn = useAction(async () => {
    await client.call('console.sign-in', { username: username.trim(), password })
    client.connect()
  })
  const blocked = useBlocked(signIn.error)
  const missing = { username: username.trim() === '', password: password === '' }

  useEffect(() => {
    if (signIn.error !== null) passwordInput.current?.select()
  }, [signIn.error])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (missing.username || missing.password || blocked) return
    void signIn.run()
  }

  return (
    <main className="sign-in">
      <form className="sign-in-form" noValidate onSubmit={submit}>
        <Logo />
        <h1>{texts('auth.title')}</h1>
        {again && <p>{texts('auth.signed_out')}</p>}
        <TextField
          label={texts('auth.username')}
          problem={tried && missing.username ? texts('auth.username_missing') : null}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          autoFocus
          value={username}
          onChange={setUsername}
        />
        <TextField
          ref={passwordInput}
          label={texts('auth.password')}
          problem={tried && missing.password ? texts('auth.password_missing') : null}
          type="password"
          autoComplete="current-password"
          maxLength={256}
          value={password}
          onChange={setPassword}
        />
        <FormProblem>{signInProblem(texts, signIn.error, blocked)}</FormProblem>
        <Button type="submit" look="primary" pending={signIn.pending} aria-disabled={blocked > 0}>
          {texts('auth.sign_in')}
        </Button>
      </form>
    </main>
  )
}

/** Seconds until the server takes the next try. */
function useBlocked(error: unknown): number {
  const now = useSeconds()
  const [until, setUntil] = useState(0)
  useEffect(() => {
    if (error instanceof ParleyError && error.retryAfterMs !== null) setUntil(Date.now() + error.retryAfterMs)
  }, [error])
  return Math.max(0, Math.ceil((until - now) / 1000))
}

function signInProblem(texts: Texts, error: unknown, blocked: number): string | null {
  if (error instanceof ParleyError && error.code === 'rate_limited' && error.retryAfterMs !== null) {
    return blocked > 0 ? waitText(texts, blocked) : null
  }
  if (error instanceof ParleyError && error.code === 'unauthorized') return texts('auth.wrong')
  return errorText(texts, error)
}
