import type { Output, PersonStatus } from '@parley/contracts'
import './status.css'

export type OperatorStatus = Output<'operator.set-status'>['status']
export const STATUSES: readonly OperatorStatus[] = ['online', 'busy', 'offline']

export type Status = OperatorStatus | PersonStatus

/** A full disc, a bar, half a disc, a ring: told by shape too. Words stand beside it. */
export const StatusMark = ({ status }: { status: Status }) => (
  <span className={`status-mark status-${status}`} aria-hidden="true" />
)
