import type { ReactNode } from 'react'
import type { Loaded as State } from '../client/use-call.ts'
import { errorText } from '../i18n/error-text.ts'
import { useTexts } from '../i18n/i18n.tsx'
import { Button } from './button.tsx'
import { Notice, Skeleton } from './notice.tsx'

interface LoadedProps<T> {
  state: State<T>
  rows: number
  children: (data: T) => ReactNode
}

/** What a query answers, or that it is on its way, or why not. */
export function Loaded<T>({ state, rows, children }: LoadedProps<T>) {
  const texts = useTexts()
  if (state.data !== null) return children(state.data)
  if (state.error === null) return <Skeleton rows={rows} label={texts('loading')} />
  return (
    <Notice icon="alert" title={texts('load_failed')} text={errorText(texts, state.error) ?? undefined}>
      <Button pending={state.loading} onClick={() => state.reload()}>
        {texts('try_again')}
      </Button>
    </Notice>
  )
}
