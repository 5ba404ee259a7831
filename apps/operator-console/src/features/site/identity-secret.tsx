import { useParley } from '@parley/sdk/react'
import { useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Secret } from '../../ui/secret.tsx'
import { useAction } from '../../ui/use-action.ts'

export function IdentitySecret() {
  const client = useParley()
  const texts = useTexts()
  const [asking, setAsking] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const rotate = useAction(async () => {
    const { identitySecret } = await client.call('site.rotate-identity-secret')
    setAsking(false)
    setSecret(identitySecret)
  })
  return (
    <section className="section">
      <h2>{texts('site.identity')}</h2>
      <p>{texts('site.identity_text')}</p>
      <div>
        <Button look="danger" onClick={() => setAsking(true)}>
          {texts('site.rotate')}
        </Button>
      </div>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={texts('site.rotate_title')}
        description={texts('site.rotate_text')}
        action={texts('site.rotate')}
        pending={rotate.pending}
        error={errorText(texts, rotate.error)}
        onConfirm={() => void rotate.run()}
      />
      {secret !== null && (
        <Secret
          title={texts('site.secret_title')}
          text={texts('site.secret_text')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
    </section>
  )
}
