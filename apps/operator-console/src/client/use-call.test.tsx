import { ParleyError } from '@parley/sdk'
import { act, cleanup, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada } from '../../test/entities.ts'
import { createFakeClient } from '../../test/fake-client.ts'
import { stubLayout } from '../../test/layout.ts'
import { renderWith } from '../../test/render.tsx'
import { useCall } from './use-call.ts'

beforeEach(() => stubLayout())
afterEach(cleanup)

function Keys() {
  const { data, loading, error } = useCall('api-key.list')
  const said = error instanceof ParleyError ? error.code : data?.map(key => key.name).join()
  return <p data-testid="said">{loading ? 'loading' : said}</p>
}
const said = () => screen.getByTestId('said').textContent
const key = {
  id: 'k1',
  name: 'Orders',
  prefix: 'pk',
  createdAt: '2026-11-21T12:00:00.000Z',
  lastUsedAt: null,
}

test('asks once and shows the answer', async () => {
  const client = createFakeClient(ada)
  client.answer({ 'api-key.list': () => [key] })
  await act(() => renderWith(client, <Keys />))
  expect(said()).toBe('Orders')
  expect(client.calls).toHaveLength(1)
})

test('what failed for want of a connection is asked again when there is one', async () => {
  const client = createFakeClient(ada)
  client.connection.set({ status: 'offline', since: 0, attempt: 1 })
  client.answer({
    'api-key.list': () => {
      throw new ParleyError('unreachable')
    },
  })
  await act(() => renderWith(client, <Keys />))
  expect(said()).toBe('unreachable')
  client.answer({ 'api-key.list': () => [key] })
  await act(async () => client.connection.set({ status: 'online' }))
  expect(said()).toBe('Orders')
})

test('a refusal is not asked again and again', async () => {
  const client = createFakeClient(ada)
  client.answer({
    'api-key.list': () => {
      throw new ParleyError('forbidden')
    },
  })
  await act(() => renderWith(client, <Keys />))
  expect(said()).toBe('forbidden')
  expect(client.calls).toHaveLength(1)
})
