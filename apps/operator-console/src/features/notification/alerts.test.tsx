import type { Session } from '@parley/contracts'
import { act, cleanup } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ada, groupSession, message, privateSession, session, waiting } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { createPreferences } from '../account/index.ts'
import { Alerts } from './alerts.tsx'
import { PageBadge } from './page-badge.tsx'

const { playSound, notify, withdraw } = vi.hoisted(() => ({
  playSound: vi.fn(),
  notify: vi.fn(),
  withdraw: vi.fn(),
}))
vi.mock('@parley/design/sound', () => ({ playSound }))
vi.mock('./browser-notification.ts', () => ({ notify, withdraw }))

beforeEach(() => {
  localStorage.clear()
  playSound.mockClear()
  notify.mockClear()
  stubLayout()
  window.location.hash = '#/sessions/mine'
})
afterEach(cleanup)

function show({ looking = false, sound = true, notifications = true } = {}) {
  vi.spyOn(document, 'hasFocus').mockReturnValue(looking)
  createPreferences().change({ sound, notifications })
  const client = createFakeClient(ada)
  renderWith(client, <Alerts />)
  return client
}
const arrives = (client: ReturnType<typeof show>, from: Session, live = true, senderId = 'lin') =>
  act(() => client.emit('message', { message: message({ senderId }), session: from, live }))

test('a message in one’s own session sounds and notifies', () => {
  arrives(show(), session())
  expect(playSound).toHaveBeenCalledOnce()
  expect(notify).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ title: 'Lin Wei', text: 'Hello' }))
})

test.each([
  ['in a colleague’s session', session({ operatorId: 'ben' }), true, 'lin'],
  ['that was missed and caught up', session(), false, 'lin'],
  ['of one’s own', session(), true, 'ada'],
])('a message %s does not', (_, from, live, senderId) => {
  arrives(show(), from, live, senderId)
  expect(playSound).not.toHaveBeenCalled()
  expect(notify).not.toHaveBeenCalled()
})

test('nor one that is looked at; another sounds, but needs no notification', () => {
  window.location.hash = '#/sessions/mine/s1'
  const client = show({ looking: true })
  act(() => window.dispatchEvent(new Event('hashchange')))
  arrives(client, session())
  expect(playSound).not.toHaveBeenCalled()
  arrives(client, session({ id: 's2' }))
  expect(playSound).toHaveBeenCalledOnce()
  expect(notify).not.toHaveBeenCalled()
})

test('one’s choice counts', () => {
  arrives(show({ sound: false, notifications: false }), session())
  expect(playSound).not.toHaveBeenCalled()
  expect(notify).not.toHaveBeenCalled()
})

test('an assignment to oneself and a new one in the queue are told', () => {
  const client = show()
  const to = (id: string) => ({ session: session(), operator: { id, name: id, avatar: null } })
  act(() => client.emit('assigned', to('ben')))
  expect(notify).not.toHaveBeenCalled()
  act(() => client.emit('assigned', to('ada')))
  act(() => client.emit('listed', { list: 'queue', session: waiting(), appeared: false }))
  expect(notify).toHaveBeenCalledOnce()
  act(() => client.emit('listed', { list: 'queue', session: waiting(), appeared: true }))
  expect(notify).toHaveBeenCalledTimes(2)
})

test('a message in a private chat is told by who wrote it, one in a group by the group', () => {
  const client = show()
  arrives(client, privateSession(), true, 'ben')
  expect(notify).toHaveBeenLastCalledWith(
    expect.objectContaining({ title: 'Ben Turner', text: 'Hello', sessionId: 'p1', messageId: 'm1' }),
  )
  arrives(client, groupSession(), true, 'ben')
  expect(notify).toHaveBeenLastCalledWith(
    expect.objectContaining({ title: 'Night shift', text: 'Ben Turner: Hello', sessionId: 'g1' }),
  )
  arrives(client, groupSession(), true, 'ada')
  expect(notify).toHaveBeenCalledTimes(2)
})

test('the chat that one looks at is not told', () => {
  window.location.hash = '#/team/g1'
  window.dispatchEvent(new Event('hashchange'))
  arrives(show({ looking: true }), groupSession(), true, 'ben')
  expect(playSound).not.toHaveBeenCalled()
})

test('what is recalled is shown nowhere any more', () => {
  const client = show()
  act(() => client.emit('recalled', { sessionId: 'g1', messageId: 'm1' }))
  expect(withdraw).toHaveBeenCalledExactlyOnceWith('g1', 'm1')
})

test('the title counts what is unread', () => {
  const client = createFakeClient(ada)
  renderWith(client, <PageBadge />)
  const set = (...unread: number[]) =>
    act(() =>
      client.lists.mine.set({
        sessions: unread.map((unreadCount, n) => session({ id: `s${n}`, unreadCount })),
        total: unread.length,
        loading: false,
        error: null,
      }),
    )
  set(2, 1)
  expect(document.title).toBe('(3) Parley')
  set(0, 0)
  expect(document.title).toBe('Parley')
})
