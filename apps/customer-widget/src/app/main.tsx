import { createVisitorClient } from '@parley/sdk/visitor'
import { createRoot } from 'react-dom/client'
import { KEPT_PREFIX } from '../bridge/protocol.ts'
import { createSoundChoice, reportToPage, soundNews } from '../features/notification/index.ts'
import { createChat, createIdentify, startInput } from '../features/session/index.ts'
import { bestLocale } from '../i18n/locale.ts'
import { createTexts } from '../i18n/texts.ts'
import { App } from './app.tsx'
import { findHost, type Host } from './host.ts'
import { applyLook } from './look.ts'
import './app.css'

const root = createRoot(document.body)

function start(host: Host): void {
  const { kept, state, tell } = host
  const page = () => state.getSnapshot()
  const client = createVisitorClient({
    url: location.origin,
    auth: { kind: 'visitor' },
    storage: kept,
    keyPrefix: KEPT_PREFIX,
  })
  const chat = createChat({
    client,
    kept,
    startInput: () => startInput(page(), bestLocale(page().languages)),
  })
  const sound = createSoundChoice(kept)
  const identify = createIdentify({ client, chat, failed: message => tell(['failed', message]) })

  let wasOpen = false
  const follow = () => {
    const { open, identity } = page()
    applyLook(page())
    identify(identity)
    if (open && !wasOpen) void chat.show()
    wasOpen = open
  }
  state.subscribe(follow)
  follow()
  host.onElsewhere(() => void chat.lookAgain())
  void chat.resume()
  reportToPage({ client, shown: chat, page: state, tell })
  soundNews(client, sound, () => page().open)
  document.addEventListener('keydown', ({ key, isComposing }) => {
    if (key === 'Escape' && !isComposing) tell(['close'])
  })
  root.render(<App host={host} client={client} chat={chat} sound={sound} />)
}

if (window.parent === window)
  root.render(<main className="notice">{createTexts(bestLocale(navigator.languages))('app.framed')}</main>)
else start(await findHost(location.hash.slice(1)))
