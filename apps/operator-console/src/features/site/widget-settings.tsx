import type { WidgetSettings } from '@parley/contracts'
import { createContext, type ReactNode, use } from 'react'
import { useCall } from '../../client/use-call.ts'

const WidgetContext = createContext<WidgetSettings | null>(null)

/** What the site has told the world: its id, and how long a message may be. */
export function WidgetSettingsProvider({ children }: { children: ReactNode }) {
  const { data } = useCall('site.widget')
  return <WidgetContext value={data}>{children}</WidgetContext>
}

/** `null`: not known yet. */
export const useWidgetSettings = (): WidgetSettings | null => use(WidgetContext)
