import type { Session } from '@parley/contracts'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, session, waiting } from '../../../test/entities.ts'
import { createFakeClient, type FakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { LiveList } from './live-list.tsx'

beforeEach(() => {
  localStorage.clear()
  stubLayout()
})
afterEach(cleanup)

const named = (name: string, some: Partial<Session> = {}) => session({ id: name, userName: name, ...some })
const set = (client: FakeClient, ...sessions: Session[]) =>
  act(() => client.lists.mine.set({ sessions, total: sessions.length, loading: false, error: null }))

function show(search = '') {
  const client = createFakeClient(ada)
  renderWith(client, <LiveList view="mine" list="mine" selected={null} search={search} />)
  return client
}
const links = () => screen.getAllByRole('link')
const names = () => links().map(link => link.querySelector('.session-row-name')?.textContent)
const list = () => screen.getByRole('list', { name: 'Mine' }).parentElement as HTMLElement

test('the order follows the list while no pointer is over it', () => {
  const client = show()
  set(client, named('Lin'), named('Kim'))
  set(client, named('Kim'), named('Lin'))
  expect(names()).toEqual(['Kim', 'Lin'])
})

test('nothing moves under a pointer, and all is in order when it leaves', () => {
  const client = show()
  set(client, named('Lin'), named('Kim'))
  fireEvent.pointerEnter(list(), { pointerType: 'mouse' })
  set(client, named('New'), named('Kim', { unreadCount: 3 }), named('Lin'))
  expect(names()).toEqual(['Lin', 'Kim', 'New'])
  expect(links()[1]?.textContent).toContain('3')
  set(client, named('New'), named('Lin'))
  expect(names()).toEqual(['Lin', 'Kim', 'New'])
  expect(links()[1]?.dataset['gone']).toBe('true')
  fireEvent.pointerLeave(list())
  expect(names()).toEqual(['New', 'Lin'])
})

test('only what comes later slides in', () => {
  const client = show()
  set(client, named('Lin'))
  expect(links()[0]?.dataset['fresh']).toBe('true')
  set(client, named('Kim'), named('Lin'))
  expect(links().map(link => link.dataset['fresh'])).toEqual(['true', undefined])
  cleanup()
  const again = createFakeClient(ada)
  again.lists.mine.set({ sessions: [named('Lin')], total: 1, loading: false, error: null })
  renderWith(again, <LiveList view="mine" list="mine" selected={null} search="" />)
  expect(links()[0]?.dataset['fresh']).toBeUndefined()
})

test('j and k move through it, and stay at their session when the order changes', () => {
  const client = show()
  set(client, named('Lin'), named('Kim'), named('Zoë'))
  const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key })
  const at = () => document.activeElement?.querySelector('.session-row-name')?.textContent
  press('j')
  expect(at()).toBe('Lin')
  press('j')
  expect(at()).toBe('Kim')
  set(client, named('Kim'), named('Lin'), named('Zoë'))
  press('j')
  expect(at()).toBe('Lin')
  press('k')
  press('k')
  expect(at()).toBe('Kim')
})

test('only one row is in the way of Tab', () => {
  const client = show()
  set(client, named('Lin'), named('Kim'), named('Zoë'))
  expect(links().map(link => link.tabIndex)).toEqual([0, -1, -1])
  fireEvent.keyDown(document.body, { key: 'j' })
  fireEvent.keyDown(document.body, { key: 'j' })
  expect(links().map(link => link.tabIndex)).toEqual([-1, 0, -1])
})

test('a search finds by name and by what was written', () => {
  const client = show('inv')
  set(client, named('Lin'), named('Invar'), named('Kim', { subject: 'An INVOICE' }))
  expect(names()).toEqual(['Invar', 'Kim'])
})

test('says that it loads, is empty, or has failed', () => {
  const client = show()
  act(() => client.lists.mine.set({ sessions: [], total: 0, loading: true, error: null }))
  expect(screen.getByRole('status').textContent).toContain('Loading')
  set(client)
  expect(screen.getByText('You have no sessions')).toBeTruthy()
  act(() => client.connection.set({ status: 'offline', since: 0, attempt: 1 }))
  act(() => client.lists.mine.set({ sessions: [], total: 0, loading: true, error: null }))
  expect(screen.getByText('You are offline')).toBeTruthy()
})

test('a waiting one shows its clock, an answered one its time', () => {
  const client = show()
  set(client, { ...waiting(), id: 'w', userName: 'Waits' }, named('Lin'))
  expect(links()[0]?.querySelector('.session-row-waiting')).toBeTruthy()
  expect(links()[1]?.querySelector('time')).toBeTruthy()
})
