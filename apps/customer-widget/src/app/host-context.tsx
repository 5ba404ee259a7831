import { useObservable } from '@parley/sdk/react'
import { createContext, useContext } from 'react'
import type { PageState } from '../bridge/protocol.ts'
import type { Host } from './host.ts'

const Context = createContext<Host | null>(null)

export const HostProvider = Context.Provider

export function useHost(): Host {
  const host = useContext(Context)
  if (!host) throw new Error('There is no <HostProvider> around this component')
  return host
}

export const usePage = (): PageState => useObservable(useHost().state)
