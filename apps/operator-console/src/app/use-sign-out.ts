import { useParley } from '@parley/sdk/react'
import { useDrafts } from '../features/message/index.ts'
import { errorText } from '../i18n/error-text.ts'
import { useTexts } from '../i18n/i18n.tsx'
import { useToast } from '../ui/toast.tsx'
import { useAction } from '../ui/use-action.ts'

/** Leaves nothing of this person in the browser. */
export function useSignOut() {
  const client = useParley()
  const drafts = useDrafts()
  const texts = useTexts()
  const toast = useToast()
  return useAction(
    async () => {
      await client.call('console.sign-out')
      drafts.clear()
      await client.forget()
      client.connect()
    },
    error => toast(errorText(texts, error) ?? '', 'problem'),
  )
}
