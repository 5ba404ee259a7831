import type { Me } from '@parley/contracts'
import { useState } from 'react'
import { DraftsProvider } from '../features/message/index.ts'
import { Alerts, PageBadge } from '../features/notification/index.ts'
import { PendingEndsProvider } from '../features/session/index.ts'
import { WidgetSettingsProvider } from '../features/site/index.ts'
import { LayerContext } from '../ui/layer.ts'
import { ToastProvider } from '../ui/toast.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { Rail } from './rail.tsx'
import { type Route, useRoute } from './route.ts'
import { SessionsPlace } from './sessions-place.tsx'
import { SettingsPlace } from './settings-place.tsx'
import { ShortcutList } from './shortcut-list.tsx'
import { useShortcuts } from './shortcuts.ts'
import { TeamPlace } from './team-place.tsx'
import { useShownHeight } from './use-shown-height.ts'
import './shell.css'

/** Everything that a signed-in person has. */
export function Shell({ me }: { me: Me }) {
  return (
    <ToastProvider>
      <WidgetSettingsProvider>
        <DraftsProvider personId={me.id}>
          <PendingEndsProvider personId={me.id}>
            <Frame me={me} />
            <Alerts />
            <PageBadge />
          </PendingEndsProvider>
        </DraftsProvider>
      </WidgetSettingsProvider>
    </ToastProvider>
  )
}

function Frame({ me }: { me: Me }) {
  const route = useRoute()
  useShownHeight()
  const [statusOpen, setStatusOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  useShortcuts({ status: () => setStatusOpen(true), help: () => setHelpOpen(true) })
  const [layer, setLayer] = useState<HTMLElement | null>(null)
  return (
    <LayerContext value={layer}>
      <div className="shell" data-second-step={isSecondStep(route) || undefined}>
        <Rail
          me={me}
          route={route}
          statusOpen={statusOpen}
          onStatusOpenChange={setStatusOpen}
          onHelp={() => setHelpOpen(true)}
        />
        <main className="shell-main">
          <Place route={route} me={me} />
          <div ref={setLayer} />
        </main>
        <ConnectionBar />
        {helpOpen && <ShortcutList onClose={() => setHelpOpen(false)} />}
      </div>
    </LayerContext>
  )
}

function Place({ route, me }: { route: Route; me: Me }) {
  switch (route.place) {
    case 'sessions':
      return <SessionsPlace view={route.view} sessionId={route.sessionId} />
    case 'team':
      return <TeamPlace sessionId={route.sessionId} seq={route.seq} />
    case 'settings':
      return <SettingsPlace page={route.page} admin={me.role === 'admin'} />
  }
}

/** On a narrow screen list and detail are two steps, and the bottom bar makes room for the second. */
const isSecondStep = (route: Route): boolean =>
  (route.place !== 'settings' && route.sessionId !== null) ||
  (route.place === 'settings' && route.page !== null)
