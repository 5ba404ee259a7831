import type { Session } from '@parley/contracts'
import { useMe } from '@parley/sdk/react'
import { useMyself } from '../operator/index.ts'

/** What the server lets this person do with a session, so that no button leads to a refusal. */
export interface Access {
  readonly mine: boolean
  readonly canWrite: boolean
  readonly canTake: boolean
  readonly canTransfer: boolean
  readonly canEnd: boolean
}

export function useAccess(session: Session | null): Access {
  const me = useMe()
  const myself = useMyself()
  const mine = session !== null && me !== null && session.operatorId === me.id
  const open = session !== null && session.status !== 'ended'
  return {
    mine,
    canWrite: mine && session.status === 'active',
    canTake: open && !mine && myself?.isActive === true,
    canTransfer: open,
    canEnd: open && (mine || me?.role === 'admin'),
  }
}
