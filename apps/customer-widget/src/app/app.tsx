import type { VisitorClient } from '@parley/sdk'
import { ParleyProvider, useObservable } from '@parley/sdk/react'
import { useMemo } from 'react'
import { type SoundChoice, SoundProvider } from '../features/notification/index.ts'
import { type Chat, ChatScreen } from '../features/session/index.ts'
import { TextsProvider } from '../i18n/i18n.tsx'
import { bestLocale } from '../i18n/locale.ts'
import { createTexts } from '../i18n/texts.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import type { Host } from './host.ts'
import { HostProvider } from './host-context.tsx'

interface AppProps {
  host: Host
  client: VisitorClient
  chat: Chat
  sound: SoundChoice
}

export function App({ host, client, chat, sound }: AppProps) {
  const { languages } = useObservable(host.state)
  const locale = bestLocale(languages)
  const texts = useMemo(() => createTexts(locale), [locale])
  const handle = useObservable(chat)
  return (
    <TextsProvider value={texts}>
      <ErrorBoundary>
        <HostProvider value={host}>
          <ParleyProvider value={client}>
            <SoundProvider value={sound}>
              {handle && <ChatScreen chat={chat} handle={handle} />}
            </SoundProvider>
          </ParleyProvider>
        </HostProvider>
      </ErrorBoundary>
    </TextsProvider>
  )
}
