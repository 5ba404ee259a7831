import { useConnection, useParley } from '@parley/sdk/react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'

/** A live list that is on its way, or can't be had just now. */
export function ListLoading() {
  const texts = useTexts()
  const { status } = useConnection()
  if (status !== 'offline' && status !== 'reconnecting') return <Skeleton rows={5} label={texts('loading')} />
  return <Notice icon="offline" title={texts('offline.title')} text={texts('offline.list')} />
}

export function ListFailed({ error }: { error: unknown }) {
  const client = useParley()
  const texts = useTexts()
  return (
    <Notice icon="alert" title={texts('session.list_failed')} text={errorText(texts, error) ?? undefined}>
      <Button onClick={() => client.connect()}>{texts('try_again')}</Button>
    </Notice>
  )
}
