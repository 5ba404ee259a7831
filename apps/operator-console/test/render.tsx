import { ParleyProvider } from '@parley/sdk/react'
import { configure, type RenderResult, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { createPreferences, PreferencesProvider } from '../src/features/account/index.ts'
import { DraftsProvider } from '../src/features/message/index.ts'
import { PendingEndsProvider } from '../src/features/session/index.ts'
import { ToastProvider } from '../src/ui/toast.tsx'
import type { FakeClient } from './fake-client.ts'

// Patience, not a measure: slow machines are slow.
configure({ asyncUtilTimeout: 10_000 })

/** A component with everything around it that the shell gives. */
export function renderWith(client: FakeClient, children: ReactNode): RenderResult {
  return render(
    <PreferencesProvider store={createPreferences()}>
      <ParleyProvider value={client}>
        <ToastProvider>
          <DraftsProvider personId="ada">
            <PendingEndsProvider personId="ada">{children}</PendingEndsProvider>
          </DraftsProvider>
        </ToastProvider>
      </ParleyProvider>
    </PreferencesProvider>,
  )
}
