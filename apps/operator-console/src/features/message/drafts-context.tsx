import { createContext, type ReactNode, use, useMemo } from 'react'
import { createDrafts, type Drafts } from './drafts.ts'

const DraftsContext = createContext<Drafts | null>(null)

export function DraftsProvider({ personId, children }: { personId: string; children: ReactNode }) {
  const drafts = useMemo(() => createDrafts(personId), [personId])
  return <DraftsContext value={drafts}>{children}</DraftsContext>
}

export function useDrafts(): Drafts {
  const drafts = use(DraftsContext)
  if (!drafts) throw new Error('There is no <DraftsProvider> around this component')
  return drafts
}
