import type { Output } from '@parley/contracts'
import './status.css'

export type OperatorStatus = Output<'operator.set-status'>['status']
export const STATUSES: readonly OperatorStatus[] = ['online', 'busy', 'offline']

/** A full disc, a bar, a ring: told by shape too. Words stand beside it. */
export const StatusMark = ({ status }: { status: OperatorStatus }) => (
  <span className={`status-mark status-${status}`} aria-hidden="true" />
)
