import type { Operator } from '@parley/contracts'
import { useMe, useOperators } from '@parley/sdk/react'
import { useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { OperatorForm } from './operator-form.tsx'
import { StatusPicker } from './status-picker.tsx'
import { loadOf, loadText } from './words.ts'
import './operators-page.css'

/** Who is there, with what load; admins change it here too. */
export function OperatorsPage({ back }: { back: string }) {
  const texts = useTexts()
  const admin = useMe()?.role === 'admin'
  const { operators, loading, error } = useOperators()
  const [editing, setEditing] = useState<Operator | 'new' | null>(null)
  const add = (
    <Button look="primary" onClick={() => setEditing('new')}>
      <Icon name="plus" size={16} />
      {texts('operator.add')}
    </Button>
  )
  return (
    <Page title={texts('operator.title')} back={back} wide {...(admin && { action: add })}>
      {loading && operators.length === 0 && <Skeleton rows={4} label={texts('loading')} />}
      {error && operators.length === 0 && (
        <Notice
          icon="alert"
          title={texts('operator.list_failed')}
          text={errorText(texts, error) ?? undefined}
        />
      )}
      {!loading && !error && operators.length === 0 && (
        <Notice icon="team" title={texts('operator.none')} text={texts('operator.none_hint')} />
      )}
      {operators.length > 0 && <Table operators={operators} onEdit={admin ? setEditing : null} />}
      {editing !== null && (
        <OperatorForm operator={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Page>
  )
}

interface TableProps {
  operators: readonly Operator[]
  /** `null`: only to look at. */
  onEdit: ((operator: Operator) => void) | null
}

function Table({ operators, onEdit }: TableProps) {
  const texts = useTexts()
  return (
    <table className="table">
      <caption className="unseen">{texts('operator.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{texts('operator.name')}</th>
          <th scope="col">{texts('operator.status')}</th>
          <th scope="col">{texts('operator.sessions')}</th>
          <th scope="col">{texts('operator.last_assigned')}</th>
          {onEdit && (
            <th scope="col">
              <span className="unseen">{texts('operator.actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {operators.map(operator => (
          <OperatorRow key={operator.id} operator={operator} onEdit={onEdit} />
        ))}
      </tbody>
    </table>
  )
}

function OperatorRow({ operator, onEdit }: { operator: Operator } & Pick<TableProps, 'onEdit'>) {
  const texts = useTexts()
  return (
    <tr data-inactive={!operator.isActive || undefined}>
      <th scope="row">
        <span className="team-who">
          <Avatar name={operator.name} picture={operator.avatar} size={32} />
          <bdi className="team-name">{operator.name}</bdi>
          {!operator.isActive && <span className="team-badge">{texts('operator.inactive')}</span>}
        </span>
      </th>
      <td data-label={texts('operator.status')}>
        <StatusPicker operator={operator} changeable={onEdit !== null} />
      </td>
      <td data-label={texts('operator.sessions')} className="numbers">
        <span aria-hidden="true">{loadOf(operator)}</span>
        <span className="unseen">{loadText(texts, operator)}</span>
      </td>
      <td data-label={texts('operator.last_assigned')}>
        <When at={operator.lastAssignedAt} />
      </td>
      {onEdit && (
        <td className="table-actions">
          <Button
            size="s"
            onClick={() => onEdit(operator)}
            aria-label={texts('operator.edit', { name: operator.name })}
          >
            {texts('edit')}
          </Button>
        </td>
      )}
    </tr>
  )
}
