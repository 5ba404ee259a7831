import { ParleyError } from '@parley/sdk'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, operator } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { StatusMenu } from './status-menu.tsx'

beforeEach(() => stubLayout())
afterEach(cleanup)

function show(activeSessions: number) {
  const client = createFakeClient(ada)
  client.team.set({ operators: [operator({ activeSessions })], loading: false, error: null })
  client.answer({ 'operator.set-status': input => operator({ status: input?.status ?? 'online' }) })
  renderWith(
    client,
    <StatusMenu person={ada} open onOpenChange={() => undefined} side="right">
      {null}
    </StatusMenu>,
  )
  return client
}
const choose = (name: RegExp) => act(() => fireEvent.click(screen.getByRole('menuitemradio', { name })))

test('says who, status and load in words', () => {
  show(2)
  expect(screen.getByRole('button', { name: /^Ada Okafor, Online,\s*2\/2$/, hidden: true })).toBeTruthy()
  expect(screen.getByText('2 of 2 sessions')).toBeTruthy()
})

test('one click changes it', async () => {
  const client = show(2)
  await choose(/^Busy/)
  expect(client.calls).toEqual([
    { operation: 'operator.set-status', input: { operatorId: 'ada', status: 'busy' } },
  ])
})

test('the present one is not chosen again', async () => {
  const client = show(0)
  await choose(/^Online/)
  expect(client.calls).toEqual([])
})

test('going offline with sessions in hand asks once', async () => {
  const client = show(2)
  await choose(/^Offline/)
  expect(client.calls).toEqual([])
  expect(screen.getByRole('alertdialog').textContent).toContain(
    '2 open sessions go back to the head of the queue',
  )
  await act(() => fireEvent.click(screen.getByRole('button', { name: 'Go offline' })))
  expect(client.calls).toHaveLength(1)
  expect(screen.queryByRole('alertdialog')).toBeNull()
})

test('going offline with none does not ask', async () => {
  const client = show(0)
  await choose(/^Offline/)
  expect(client.calls).toHaveLength(1)
})

test('a refusal is said where it was asked', async () => {
  const client = show(1)
  client.answer({
    'operator.set-status': () => {
      throw new ParleyError('unreachable')
    },
  })
  await choose(/^Offline/)
  await act(() => fireEvent.click(screen.getByRole('button', { name: 'Go offline' })))
  expect(screen.getByRole('alertdialog').textContent).toContain('The server can’t be reached')
})
