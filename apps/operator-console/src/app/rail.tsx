import type { Me } from '@parley/contracts'
import { useChatsUnread, useUnread } from '../features/notification/index.ts'
import { StatusMenu } from '../features/operator/index.ts'
import { useTexts } from '../i18n/i18n.tsx'
import { Count } from '../ui/count.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Logo } from '../ui/logo.tsx'
import { MenuItem } from '../ui/menu.tsx'
import { formatRoute, type Route } from './route.ts'
import { useMedia } from './use-media.ts'
import { useSignOut } from './use-sign-out.ts'
import './rail.css'

const PLACES = [
  { place: 'sessions', icon: 'sessions', to: { place: 'sessions', view: 'mine', sessionId: null } },
  { place: 'team', icon: 'team', to: { place: 'team', sessionId: null, seq: null } },
  { place: 'settings', icon: 'settings', to: { place: 'settings', page: null } },
] as const satisfies readonly { place: Route['place']; icon: IconName; to: Route }[]

interface RailProps {
  me: Me
  route: Route
  statusOpen: boolean
  onStatusOpenChange: (open: boolean) => void
  onHelp: () => void
}

/** At the left; under 600 px a bar at the bottom, where a thumb is. */
export function Rail({ me, route, statusOpen, onStatusOpenChange, onHelp }: RailProps) {
  const texts = useTexts()
  const signOut = useSignOut()
  const atBottom = useMedia('(max-width: 599px)')
  return (
    <nav className="rail" aria-label={texts('rail.label')}>
      <span className="rail-logo">
        <Logo size={28} />
      </span>
      <ul className="rail-places">
        {PLACES.map(({ place, icon, to }) => (
          <li key={place}>
            <a
              className="rail-place"
              href={formatRoute(to)}
              aria-current={route.place === place ? 'page' : undefined}
              title={texts(`rail.${place}`)}
            >
              <Icon name={icon} size={22} />
              <span className="rail-name">{texts(`rail.${place}`)}</span>
              {place === 'sessions' && <Unread />}
              {place === 'team' && <ChatsUnread />}
            </a>
          </li>
        ))}
      </ul>
      <StatusMenu
        person={me}
        open={statusOpen}
        onOpenChange={onStatusOpenChange}
        side={atBottom ? 'top' : 'right'}
      >
        <MenuItem onSelect={onHelp}>
          <Icon name="keyboard" size={16} />
          {texts('shortcut.title')}
        </MenuItem>
        <MenuItem onSelect={() => void signOut.run()}>
          <Icon name="out" size={16} />
          {texts('auth.sign_out')}
        </MenuItem>
      </StatusMenu>
    </nav>
  )
}

const Unread = () => <UnreadCount n={useUnread()} />
const ChatsUnread = () => <UnreadCount n={useChatsUnread()} />

function UnreadCount({ n }: { n: number }) {
  const texts = useTexts()
  return <Count n={n} words={texts('session.unread', { n })} />
}
