import type { ApiKey } from '@parley/contracts'
import { useState } from 'react'
import { useCall } from '../../client/use-call.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { KeyForm } from './key-form.tsx'
import { RevokeKey } from './revoke-key.tsx'

export function KeysPage({ back }: { back: string }) {
  const texts = useTexts()
  const keys = useCall('api-key.list')
  const [adding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  return (
    <Page
      title={texts('key.title')}
      back={back}
      wide
      action={
        <Button look="primary" onClick={() => setAdding(true)}>
          <Icon name="plus" size={16} />
          {texts('key.add')}
        </Button>
      }
    >
      <p>{texts('key.text')}</p>
      <Loaded state={keys} rows={3}>
        {list =>
          list.length === 0 ? (
            <Notice title={texts('key.none')} text={texts('key.none_hint')} />
          ) : (
            <KeyTable keys={list} onRevoke={setRevoking} />
          )
        }
      </Loaded>
      {adding && <KeyForm onClose={() => setAdding(false)} onCreated={keys.reload} />}
      {revoking && <RevokeKey apiKey={revoking} onClose={() => setRevoking(null)} onRevoked={keys.reload} />}
    </Page>
  )
}

function KeyTable({ keys, onRevoke }: { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const texts = useTexts()
  return (
    <table className="table">
      <caption className="unseen">{texts('key.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{texts('key.name')}</th>
          <th scope="col">{texts('key.prefix')}</th>
          <th scope="col">{texts('key.created')}</th>
          <th scope="col">{texts('key.used')}</th>
          <th scope="col">
            <span className="unseen">{texts('operator.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map(key => (
          <tr key={key.id}>
            <th scope="row">
              <bdi>{key.name}</bdi>
            </th>
            <td data-label={texts('key.prefix')}>
              <code>{key.prefix}…</code>
            </td>
            <td data-label={texts('key.created')}>
              <When at={key.createdAt} />
            </td>
            <td data-label={texts('key.used')}>
              <When at={key.lastUsedAt} />
            </td>
            <td className="table-actions">
              <Button
                look="danger"
                size="s"
                aria-label={texts('key.revoke_name', { name: key.name })}
                onClick={() => onRevoke(key)}
              >
                {texts('key.revoke')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
