import type { Operator } from '@parley/contracts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import { type OperatorStatus, STATUSES, StatusMark } from '../../ui/status.tsx'
import { useStatusChange } from './use-status-change.tsx'
import { statusText } from './words.ts'

/** Somebody's status, for an admin to change. */
export function StatusPicker({ operator, changeable }: { operator: Operator; changeable: boolean }) {
  const texts = useTexts()
  const { choose, pending, leaving } = useStatusChange(operator)
  const said = (status: OperatorStatus) => (
    <span className="team-status">
      <StatusMark status={status} />
      {statusText(texts, status)}
    </span>
  )
  if (!changeable || !operator.isActive) return said(operator.status)
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            className="team-status-button"
            aria-busy={pending}
            aria-label={texts('operator.change_status', {
              name: operator.name,
              status: statusText(texts, operator.status),
            })}
          >
            {said(operator.status)}
            <Icon name="down" size={14} />
          </button>
        }
      >
        <MenuChoice
          value={operator.status}
          options={STATUSES.map(value => ({ value, content: said(value) }))}
          onChoose={choose}
        />
      </Menu>
      {leaving}
    </>
  )
}
