import { useMe } from '@parley/sdk/react'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Page } from '../../ui/page.tsx'
import { OwnPicture } from './own-picture.tsx'
import './profile-page.css'

interface ProfilePageProps {
  back: string
  children: ReactNode
}

/** Who one is here; below it what may be changed of it. */
export function ProfilePage({ back, children }: ProfilePageProps) {
  const texts = useTexts()
  const me = useMe()
  return (
    <Page title={texts('account.profile')} back={back}>
      {me && (
        <section className="profile">
          <div className="profile-words">
            <p className="profile-name">
              <bdi>{me.name}</bdi>
            </p>
            <p className="profile-role">{texts(`account.role.${me.role}`)}</p>
          </div>
          <OwnPicture size={72} />
        </section>
      )}
      {children}
    </Page>
  )
}
