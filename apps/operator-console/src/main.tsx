import { createParley } from '@parley/sdk'
import { ParleyProvider } from '@parley/sdk/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@parley/design/tokens.css'
import '@parley/design/common.css'
import './styles/base.css'
import { App } from './app/app.tsx'
import { ErrorBoundary } from './app/error-boundary.tsx'
import { createPreferences, PreferencesProvider } from './features/account/index.ts'

const client = createParley({
  url: window.location.origin,
  auth: { kind: 'cookie' },
  keyPrefix: 'parley-console.sdk',
})
const preferences = createPreferences()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root')
createRoot(root).render(
  <StrictMode>
    <PreferencesProvider store={preferences}>
      <ErrorBoundary>
        <ParleyProvider value={client}>
          <App />
        </ParleyProvider>
      </ErrorBoundary>
    </PreferencesProvider>
  </StrictMode>,
)
