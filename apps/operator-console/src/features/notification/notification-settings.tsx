import { playSound } from '@parley/design/sound'
import { useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { usePreferences } from '../account/index.ts'
import { askPermission, permission } from './browser-notification.ts'

export function NotificationSettings() {
  const texts = useTexts()
  const [preferences, change] = usePreferences()
  const [allowed, setAllowed] = useState(permission)
  const turn = async (on: boolean) => {
    if (!on) return change({ notifications: false })
    const answer = await askPermission()
    setAllowed(answer)
    change({ notifications: answer === 'granted' })
  }
  const refused = allowed === 'denied' || allowed === 'unsupported'
  return (
    <section className="section" aria-labelledby="notification-settings">
      <h2 id="notification-settings">{texts('notification.title')}</h2>
      <Toggle
        label={texts('notification.sound')}
        hint={texts('notification.sound_hint')}
        checked={preferences.sound}
        onChange={sound => change({ sound })}
      />
      <div>
        <Button size="s" onClick={playSound}>
          {texts('notification.try')}
        </Button>
      </div>
      <Toggle
        label={texts('notification.browser')}
        hint={texts(refused ? `notification.${allowed}` : 'notification.browser_hint')}
        checked={preferences.notifications && allowed === 'granted'}
        disabled={refused}
        onChange={on => void turn(on)}
      />
    </section>
  )
}
