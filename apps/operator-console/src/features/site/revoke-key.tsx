import type { ApiKey } from '@parley/contracts'
import { useParley } from '@parley/sdk/react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAction } from '../../ui/use-action.ts'

interface RevokeKeyProps {
  apiKey: ApiKey
  onClose: () => void
  onRevoked: () => void
}

export function RevokeKey({ apiKey, onClose, onRevoked }: RevokeKeyProps) {
  const client = useParley()
  const texts = useTexts()
  const toast = useToast()
  const revoke = useAction(async () => {
    await client.call('api-key.revoke', { keyId: apiKey.id })
    toast(texts('key.revoked', { name: apiKey.name }))
    onRevoked()
    onClose()
  })
  return (
    <Confirm
      open
      onClose={onClose}
      title={texts('key.revoke_title', { name: apiKey.name })}
      description={texts('key.revoke_text')}
      action={texts('key.revoke')}
      pending={revoke.pending}
      error={errorText(texts, revoke.error)}
      onConfirm={() => void revoke.run()}
    />
  )
}
