import type { Session } from '@parley/contracts'
import { ParleyError } from '@parley/sdk'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, at, operator, session } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { HistoryList } from './history-list.tsx'

beforeEach(() => {
  localStorage.clear()
  stubLayout()
})
afterEach(cleanup)

const ended = (name: string, some: Partial<Session> = {}) =>
  session({ id: name, userName: name, status: 'ended', endedAt: at(0), endReason: 'solved', ...some })
const page = (number: number, ...items: Session[]) => ({
  items,
  pagination: { page: number, limit: 50, total: 4, totalPages: 2 },
})

async function show(search = '') {
  const client = createFakeClient(ada)
  client.team.set({
    operators: [operator(), operator({ id: 'ben', name: 'Ben' })],
    loading: false,
    error: null,
  })
  client.answer({
    'session.history': input =>
      input?.page === 2 ? page(2, ended('Kim'), ended('Zoë')) : page(1, ended('Lin'), ended('Kim')),
  })
  await act(() => renderWith(client, <HistoryList selected={null} search={search} />))
  return client
}
const names = () =>
  screen.queryAllByRole('link').map(link => link.querySelector('.session-row-name')?.textContent)

test('shows why each ended, and by whom it was answered', async () => {
  await show()
  expect(names()).toEqual(['Lin', 'Kim'])
  expect(screen.getAllByText('Solved · Ada Okafor')).toHaveLength(2)
})

test('goes on to older ones; one that a page repeats is shown once', async () => {
  await show()
  await act(() => fireEvent.click(screen.getByRole('button', { name: 'Show older ones' })))
  expect(names()).toEqual(['Lin', 'Kim', 'Zoë'])
  expect(screen.queryByRole('button', { name: 'Show older ones' })).toBeNull()
})

test('one that ends now comes in at the top', async () => {
  const client = await show()
  act(() => client.emit('ended', { session: ended('New') }))
  expect(names()).toEqual(['New', 'Lin', 'Kim'])
})

test('a search that finds nothing offers to go on', async () => {
  await show('zoë')
  expect(names()).toEqual([])
  expect(screen.getByText('Nothing found')).toBeTruthy()
  await act(() => fireEvent.click(screen.getByRole('button', { name: 'Search older ones too' })))
  expect(names()).toEqual(['Zoë'])
})

test('of one operator asks for that one’s', async () => {
  const client = await show()
  await act(() => fireEvent.change(screen.getByLabelText('Sessions of'), { target: { value: 'ben' } }))
  expect(client.calls.at(-1)?.input).toEqual({ page: 1, limit: 50, operatorId: 'ben' })
  act(() => client.emit('ended', { session: ended('Hers') }))
  expect(names()).toEqual(['Lin', 'Kim'])
})

test('a failure says so once, and the list comes with the connection', async () => {
  const client = createFakeClient(ada)
  client.connection.set({ status: 'reconnecting', since: 0, attempt: 1 })
  client.answer({
    'session.history': () => {
      throw new ParleyError('unreachable')
    },
  })
  await act(() => renderWith(client, <HistoryList selected={null} search="" />))
  expect(screen.getByText(/server can’t be reached/)).toBeTruthy()
  expect(client.calls).toHaveLength(1)
  client.answer({ 'session.history': () => page(2, ended('Lin')) })
  await act(async () => client.connection.set({ status: 'online' }))
  expect(names()).toEqual(['Lin'])
})
