import { type Chat, ParleyError } from '@parley/sdk'
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ada, chat, groupSession, message, privateSession, user } from '../../../test/entities.ts'
import { createFakeClient, pageOf } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { ChatsPane } from './chats-pane.tsx'

beforeEach(() => {
  localStorage.clear()
  window.location.hash = '#/team'
  stubLayout()
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {
        return undefined
      }
      disconnect() {
        return undefined
      }
    },
  )
})
afterEach(cleanup)

const NIGHT = chat(
  groupSession({ unreadCount: 2, lastMessage: message({ senderId: 'ben', text: 'I have the keys' }) }),
)
const BEN = chat(privateSession({ lastMessage: message({ senderId: 'ben', text: '', recalled: true }) }))

function show(chats: readonly Chat[], selected: string | null = null) {
  const client = createFakeClient(ada)
  client.setPresence('ben', { status: 'away', lastSeen: null })
  renderWith(client, <ChatsPane selected={selected} />)
  act(() => client.chats.set({ chats, unreadCount: 2, hasMore: false, loading: false, error: null }))
  return client
}
const rows = () => screen.getAllByRole('link').map(row => row.textContent)
const search = (value: string) =>
  act(() => fireEvent.change(screen.getByLabelText('Search chats and messages'), { target: { value } }))

test('each chat says what it is called, what was said last and by whom, and what is unread', () => {
  show([NIGHT, BEN])
  const [group, direct] = rows()
  expect(group).toMatch(/Night shift.*Ben Turner: I have the keys.*2 unread messages/)
  expect(direct).toMatch(/Ben Turner.*Away.*Message recalled/)
})

test('nothing moves under a pointer', () => {
  const client = show([NIGHT, BEN])
  const list = screen.getByRole('list', { name: 'Chats' }).parentElement as HTMLElement
  fireEvent.pointerEnter(list, { pointerType: 'mouse' })
  act(() => client.chats.set({ ...client.chats.getSnapshot(), chats: [BEN, NIGHT] }))
  expect(rows()[0]).toContain('Night shift')
  fireEvent.pointerLeave(list)
  expect(rows()[0]).toContain('Ben Turner')
})

test('no chats lead to a new one', async () => {
  const client = show([])
  client.people = [
    user(),
    user({ id: 'chen', realName: '陈静', role: 'doctor' }),
    user({ ...ada, role: 'admin' }),
  ]
  const [start] = screen.getAllByRole('button', { name: 'New chat' })
  await act(() => fireEvent.click(start as HTMLElement))
  const ben = await screen.findByRole('checkbox', { name: /Ben Turner/ })
  expect(screen.queryByRole('checkbox', { name: /Ada/ })).toBeNull()
  act(() => fireEvent.click(ben))
  await act(() => fireEvent.click(screen.getByRole('button', { name: 'Start chat' })))
  expect(window.location.hash).toBe('#/team/private%20ben')
})

test('several people make a group', async () => {
  const client = show([NIGHT])
  client.people = [user(), user({ id: 'chen', realName: '陈静', role: 'doctor' })]
  await act(() => fireEvent.click(screen.getByRole('button', { name: 'New chat' })))
  act(() => fireEvent.click(within(screen.getByRole('dialog')).getByRole('checkbox', { name: /Ben/ })))
  act(() => fireEvent.click(screen.getByRole('checkbox', { name: /陈静/ })))
  act(() => fireEvent.change(screen.getByLabelText('Name of the group'), { target: { value: ' Ward 3 ' } }))
  await act(() => fireEvent.click(screen.getByRole('switch')))
  await act(() => fireEvent.click(screen.getByRole('button', { name: 'Create group' })))
  expect(client.groups).toEqual([{ name: 'Ward 3', userIds: ['ben', 'chen'], showsHistory: true }])
})

test('who is chosen stays where they stand, and in sight when others are searched for', async () => {
  const client = show([NIGHT])
  client.people = [user(), user({ id: 'chen', realName: '陈静' }), user({ id: 'noor', realName: 'Noor' })]
  await act(() => fireEvent.click(screen.getByRole('button', { name: 'New chat' })))
  const choices = () => screen.getAllByRole('checkbox').map(box => (box as HTMLInputElement).value)
  const before = choices()
  act(() => fireEvent.click(screen.getByRole('checkbox', { name: /Noor/ })))
  expect(choices()).toEqual(before)
  act(() => fireEvent.change(screen.getByLabelText('Search people'), { target: { value: 'Ben' } }))
  await waitFor(() => expect(choices()[0]).toBe('noor'))
})

test('a search finds chats by name at once, and messages, which lead to their place', async () => {
  const client = show([NIGHT, BEN])
  client.found.set(
    pageOf([message({ id: 'f1', sessionId: 'g1', seq: 42, senderId: 'ben', text: 'the night' })]),
  )
  search('night')
  expect(screen.getByRole('link', { name: 'Night shift' })).toBeTruthy()
  await waitFor(() => expect(screen.getByText('night', { selector: 'mark' })).toBeTruthy())
  expect(client.searches.at(-1)).toEqual({ keyword: 'night' })
  const hit = within(screen.getByRole('list', { name: 'Found messages' })).getByRole('link')
  expect(hit.getAttribute('href')).toBe('#/team/g1/42')
})

test('what was said in a support session is found as such, by people who may have no name', async () => {
  const client = show([NIGHT])
  client.found.set(
    pageOf([message({ sessionId: 's1', senderId: 'v81', senderType: 'user', text: 'the night' })]),
  )
  search('night')
  await waitFor(() => expect(screen.getByText('night', { selector: 'mark' })).toBeTruthy())
  expect(document.querySelector('.search-hit-who')?.textContent).toBe('Visitor · Sessions')
})

test('a search that failed is tried again by a press', () => {
  const client = show([NIGHT])
  client.found.set({ ...pageOf([]), error: new ParleyError('unavailable') })
  const loadMore = vi.fn(() => Promise.resolve())
  const find = client.search
  client.search = input => ({ ...find(input), loadMore })
  search('keys')
  act(() => fireEvent.click(screen.getByRole('button', { name: 'Try again' })))
  expect(loadMore).toHaveBeenCalledTimes(1)
})

test('a search may stay in the open chat', async () => {
  const client = show([NIGHT, BEN], 'g1')
  search('keys')
  act(() => fireEvent.click(screen.getByLabelText('Only in this chat')))
  await waitFor(() => expect(client.searches.at(-1)).toEqual({ keyword: 'keys', sessionId: 'g1' }))
  expect(screen.getByText('No message found')).toBeTruthy()
})

test('/ leads to the search, and Escape empties it', () => {
  show([NIGHT])
  fireEvent.keyDown(document.body, { key: '/' })
  expect(document.activeElement).toBe(screen.getByLabelText('Search chats and messages'))
  search('x')
  fireEvent.keyDown(screen.getByLabelText('Search chats and messages'), { key: 'Escape' })
  expect(rows()[0]).toContain('Night shift')
})
