import { OwnName, PreferencesPage, ProfilePage } from '../features/account/index.ts'
import { ChangePassword } from '../features/auth/index.ts'
import { NotificationSettings } from '../features/notification/index.ts'
import { OperatorsPage } from '../features/operator/index.ts'
import { EmbedPage, KeysPage, SitePage } from '../features/site/index.ts'
import { useTexts } from '../i18n/i18n.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { formatRoute, SETTINGS_PAGES, type SettingsPage } from './route.ts'
import { useSignOut } from './use-sign-out.ts'
import './settings-place.css'

const FOR_ADMINS: readonly SettingsPage[] = ['site', 'keys', 'embed']
const BACK = formatRoute({ place: 'settings', page: null })

interface SettingsPlaceProps {
  /** `null`: the list of pages, which on a wide screen stands beside the first of them. */
  page: SettingsPage | null
  admin: boolean
}

export function SettingsPlace({ page, admin }: SettingsPlaceProps) {
  const texts = useTexts()
  const pages = SETTINGS_PAGES.filter(one => admin || !FOR_ADMINS.includes(one))
  const shown = pages.find(one => one === page) ?? 'profile'
  return (
    <div className="two-steps" data-step={page === null ? 'first' : 'second'}>
      <nav className="step-first settings-nav" aria-label={texts('settings.title')}>
        <h1 className="settings-title">{texts('settings.title')}</h1>
        <ul>
          {pages.map(one => (
            <li key={one}>
              <a
                className="settings-link"
                href={formatRoute({ place: 'settings', page: one })}
                aria-current={one === shown ? 'page' : undefined}
              >
                {texts(`settings.page.${one}`)}
                <Icon name="forward" size={16} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="step-second">
        <SettingsContent page={shown} />
      </div>
    </div>
  )
}

function SettingsContent({ page }: { page: SettingsPage }) {
  switch (page) {
    case 'profile':
      return (
        <ProfilePage back={BACK}>
          <OwnName />
          <ChangePassword />
          <SignOut />
        </ProfilePage>
      )
    case 'preferences':
      return (
        <PreferencesPage back={BACK}>
          <NotificationSettings />
        </PreferencesPage>
      )
    case 'operators':
      return <OperatorsPage back={BACK} />
    case 'site':
      return <SitePage back={BACK} />
    case 'keys':
      return <KeysPage back={BACK} />
    case 'embed':
      return <EmbedPage back={BACK} />
  }
}

function SignOut() {
  const texts = useTexts()
  const signOut = useSignOut()
  return (
    <section className="section">
      <div>
        <Button pending={signOut.pending} onClick={() => void signOut.run()}>
          <Icon name="out" size={16} />
          {texts('auth.sign_out')}
        </Button>
      </div>
    </section>
  )
}
