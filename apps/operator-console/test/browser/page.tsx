import { ParleyProvider } from '@parley/sdk/react'
import { createRoot } from 'react-dom/client'
import '@parley/design/tokens.css'
import '@parley/design/common.css'
import '../../src/styles/base.css'
import { App } from '../../src/app/app.tsx'
import { createPreferences, PreferencesProvider } from '../../src/features/account/index.ts'
import * as entities from '../entities.ts'
import { createFakeClient } from '../fake-client.ts'
import { fill } from './desk.ts'
import { fillLongChat } from './long-chat.ts'
import { fillTeam } from './team.ts'

const client = createFakeClient({ ...entities.ada, role: 'admin' })
const desk = fill(client)
fillTeam(client)
fillLongChat(client)
const page = { client, desk, entities }

declare global {
  interface Window {
    /** What a test in the browser sets and asks. */
    page: typeof page
  }
}
window.page = page

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root')
createRoot(root).render(
  <PreferencesProvider store={createPreferences()}>
    <ParleyProvider value={client}>
      <App />
    </ParleyProvider>
  </PreferencesProvider>,
)
