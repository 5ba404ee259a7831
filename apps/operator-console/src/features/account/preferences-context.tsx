import { useObservable } from '@parley/sdk/react'
import { createContext, type ReactNode, use, useLayoutEffect } from 'react'
import { TextsProvider } from '../../i18n/i18n.tsx'
import { localeOf, type PreferenceStore, type Preferences } from './preferences.ts'

const StoreContext = createContext<PreferenceStore | null>(null)

/** Makes the page look and speak as its person prefers. */
export function PreferencesProvider({ store, children }: { store: PreferenceStore; children: ReactNode }) {
  const preferences = useObservable(store)
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    if (preferences.theme === 'system') delete dataset['theme']
    else dataset['theme'] = preferences.theme
  }, [preferences.theme])
  return (
    <StoreContext value={store}>
      <TextsProvider locale={localeOf(preferences, navigator.languages)}>{children}</TextsProvider>
    </StoreContext>
  )
}

export function usePreferences(): [Preferences, PreferenceStore['change']] {
  const store = use(StoreContext)
  if (!store) throw new Error('There is no <PreferencesProvider> around this component')
  return [useObservable(store), store.change]
}
