import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Options } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { LANGUAGES, THEMES } from './preferences.ts'
import { usePreferences } from './preferences-context.tsx'

interface PreferencesPageProps {
  back: string
  /** Sound and notifications. */
  children: ReactNode
}

export function PreferencesPage({ back, children }: PreferencesPageProps) {
  const texts = useTexts()
  const [preferences, change] = usePreferences()
  return (
    <Page title={texts('account.preferences')} back={back}>
      <section className="section">
        <Options
          legend={texts('account.language')}
          name="language"
          value={preferences.language}
          options={LANGUAGES.map(value => ({ value, label: texts(`account.language.${value}`) }))}
          onChange={language => change({ language })}
        />
      </section>
      <section className="section">
        <Options
          legend={texts('account.theme')}
          name="theme"
          value={preferences.theme}
          options={THEMES.map(value => ({ value, label: texts(`account.theme.${value}`) }))}
          onChange={theme => change({ theme })}
        />
      </section>
      {children}
    </Page>
  )
}
