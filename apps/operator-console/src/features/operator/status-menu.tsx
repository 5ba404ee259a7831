import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Menu, MenuChoice, MenuHead, MenuLine } from '../../ui/menu.tsx'
import { type OperatorStatus, STATUSES, StatusMark } from '../../ui/status.tsx'
import { useMyself } from './use-myself.ts'
import { useStatusChange } from './use-status-change.tsx'
import { loadOf, loadText, statusText } from './words.ts'
import './status-menu.css'

interface StatusMenuProps {
  person: { name: string; avatar: string | null }
  open: boolean
  onOpenChange: (open: boolean) => void
  side: 'right' | 'top'
  /** Further items below the status. */
  children: ReactNode
}

/** My picture with status and load; one click to change. Staff outside the pool have only the further items. */
export function StatusMenu({ person, open, onOpenChange, side, children }: StatusMenuProps) {
  const texts = useTexts()
  const myself = useMyself()
  const { choose, pending, leaving } = useStatusChange(myself)
  const label = myself ? `${person.name}, ${statusText(texts, myself.status)}, ` : person.name
  return (
    <>
      <Menu
        open={open}
        onOpenChange={onOpenChange}
        side={side}
        align="end"
        trigger={
          <button type="button" className="status-button" aria-busy={pending} aria-keyshortcuts="s">
            <Avatar
              name={person.name}
              picture={person.avatar}
              size={32}
              {...(myself && { status: myself.status })}
            />
            <span className="unseen">{label}</span>
            {myself && <span className="status-load numbers">{loadOf(myself)}</span>}
          </button>
        }
      >
        <MenuHead>
          <strong className="status-name">
            <bdi>{person.name}</bdi>
          </strong>
          {myself && loadText(texts, myself)}
        </MenuHead>
        {myself && (
          <>
            <MenuLine />
            <MenuChoice value={myself.status} options={STATUSES.map(statusOption)} onChoose={choose} />
          </>
        )}
        <MenuLine />
        {children}
      </Menu>
      {leaving}
    </>
  )

  function statusOption(value: OperatorStatus) {
    const content = (
      <>
        <StatusMark status={value} />
        <span>
          {statusText(texts, value)}
          <small className="status-hint">{texts(`operator.status_hint.${value}`)}</small>
        </span>
      </>
    )
    return { value, content }
  }
}
