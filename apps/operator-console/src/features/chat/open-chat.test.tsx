import { ParleyError, type StoredMessage, type TimelineMessage } from '@parley/sdk'
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { type ReactNode, useEffect, useState } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  ada,
  chat,
  groupSession,
  participant,
  privateSession,
  session,
  sessionSnapshot,
  stored,
} from '../../../test/entities.ts'
import { createFakeClient, pageOf } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { ChatScreen } from './chat-screen.tsx'

beforeEach(() => {
  localStorage.clear()
  stubLayout()
  window.location.hash = '#/team/g1'
})
afterEach(cleanup)

const now = () => new Date().toISOString()
const fromBen = (seq: number, some: Partial<StoredMessage> = {}) =>
  stored(seq, { senderId: 'ben', senderType: 'operator', ...some })
const mine = (seq: number, some: Partial<StoredMessage> = {}) =>
  stored(seq, { mine: true, senderId: 'ada', senderType: 'operator', state: 'sent', ...some })

function Place({ first, onPut }: { first: ReactNode; onPut: (put: (screen: ReactNode) => void) => void }) {
  const [shown, setShown] = useState(first)
  useEffect(() => onPut(setShown), [onPut])
  return shown
}

async function show(
  messages: readonly TimelineMessage[],
  session = groupSession(),
  seq: number | null = null,
) {
  const client = createFakeClient(ada)
  client.card({ id: 'ben', name: 'Ben Turner', avatar: null })
  const handle = client.session(session.id)
  handle.snapshot.set(sessionSnapshot({ id: session.id, session, messages }))
  const first = <ChatScreen sessionId={session.id} seq={seq} />
  let put: (screen: ReactNode) => void = () => undefined
  const place = (
    <Place
      first={first}
      onPut={next => {
        put = next
      }}
    />
  )
  const shown = await act(() => renderWith(client, place))
  /** Shows something else in the same place. */
  const again = (screen: ReactNode) => act(() => put(screen))
  return { client, handle, again, ...shown }
}
const asked = (handle: { asked: readonly (readonly [string, ...unknown[]])[] }, name: string) =>
  handle.asked.filter(([what]) => what === name).map(([, ...rest]) => rest)
const bubble = (text: string) => screen.getByText(text).closest('article') as HTMLElement
const openMenu = (text: string) =>
  act(() => fireEvent.keyDown(within(bubble(text)).getByRole('button', { name: 'More' }), { key: 'Enter' }))
const choose = (name: string | RegExp) => act(() => fireEvent.click(screen.getByRole('menuitem', { name })))
const press = (name: string | RegExp) => act(() => fireEvent.click(screen.getByRole('button', { name })))
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox')
const write = (value: string) =>
  act(() => {
    fireEvent.change(field(), { target: { value } })
    fireEvent.keyDown(field(), { key: 'Enter' })
  })

describe('who said it', () => {
  test('stands above the first of several in a group, and not at all in a private chat', async () => {
    const { unmount } = await show([fromBen(1), fromBen(2)])
    expect(document.querySelectorAll('.message-sender')).toHaveLength(1)
    expect(document.querySelector('.message-sender')?.textContent).toBe('Ben Turner')
    unmount()
    await show([fromBen(1)], privateSession())
    expect(document.querySelector('.message-sender')).toBeNull()
    expect(screen.getByRole('heading', { name: 'Ben Turner' })).toBeTruthy()
  })

  test('is told of those who are writing', async () => {
    const { client, handle } = await show([])
    client.card({ id: 'chen', name: '陈静', avatar: null })
    const typing = ['ben', 'chen'].map(userId => ({ userId, userType: 'operator' }) as const)
    act(() => handle.snapshot.set({ ...handle.getSnapshot(), typing }))
    expect(screen.getByText('Ben Turner and 陈静 are writing…')).toBeTruthy()
  })
})

test('a group says how many have read a message, and who', async () => {
  const { handle } = await show([])
  handle.readers = { readers: [{ userId: 'ben', at: null }], count: 3 }
  act(() => handle.snapshot.set({ ...handle.getSnapshot(), messages: [mine(1)] }))
  await press('Read by 3')
  expect(screen.getByRole('dialog', { name: 'Read by 3' }).textContent).toContain('Ben Turner')
  expect(screen.getByText('and 2 more')).toBeTruthy()
})

describe('a reply', () => {
  test('quotes what it answers and goes out with it, once', async () => {
    const { handle } = await show([fromBen(1, { text: 'Who comes?' })])
    await openMenu('Who comes?')
    await choose('Reply')
    expect(document.querySelector('.reply-bar')?.textContent).toContain('Ben Turner')
    await write('I do')
    await write('And she does')
    expect(asked(handle, 'send')).toEqual([['I do', { replyTo: 'm1' }], ['And she does']])
  })

  test('to what is recalled meanwhile is none', async () => {
    const { handle } = await show([fromBen(1, { text: 'Who comes?' })])
    await openMenu('Who comes?')
    await choose('Reply')
    const messages = [fromBen(1, { text: '', recalled: true })]
    act(() => handle.snapshot.set({ ...handle.getSnapshot(), messages }))
    expect(document.querySelector('.reply-bar')).toBeNull()
    await write('I do')
    expect(asked(handle, 'send')).toEqual([['I do']])
  })

  test('and chosen files are there again when one comes back to the chat', async () => {
    const { handle, again } = await show([fromBen(1, { text: 'Who comes?' })])
    await openMenu('Who comes?')
    await choose('Reply')
    const files = [new File(['%PDF'], 'plan.pdf')]
    act(() => fireEvent.change(document.querySelector('[data-file]') as Element, { target: { files } }))
    again(null)
    expect(screen.queryByText('plan.pdf')).toBeNull()
    again(<ChatScreen sessionId="g1" seq={null} />)
    expect(document.querySelector('.reply-bar')?.textContent).toContain('Who comes?')
    expect(screen.getByText('plan.pdf')).toBeTruthy()
    await press('Send')
    expect(asked(handle, 'sendFile')).toMatchObject([[{ name: 'plan.pdf' }, { replyTo: 'm1' }]])
    again(null)
    again(<ChatScreen sessionId="g1" seq={null} />)
    expect(document.querySelector('.reply-bar')).toBeNull()
    expect(screen.queryByText('plan.pdf')).toBeNull()
  })

  test('to what one can’t see says so', async () => {
    await show([fromBen(9, { text: 'Yes', replyTo: 'm1' })])
    await press(/An earlier message/)
    expect(screen.getAllByText(/^That message can’t be shown/).length).toBeGreaterThan(0)
  })

  test('leads to what it answers, which is looked for further back if need be', async () => {
    const answer = fromBen(9, { text: 'Yes', replyTo: 'm1' })
    const { handle } = await show([answer])
    handle.snapshot.set({ ...handle.getSnapshot(), hasOlder: true })
    const loadOlder = vi.fn(() => {
      const messages = [fromBen(1, { text: 'Who comes?' }), answer]
      act(() => handle.snapshot.set({ ...handle.getSnapshot(), messages, hasOlder: false }))
      return Promise.resolve()
    })
    handle.loadOlder = loadOlder
    await press(/An earlier message/)
    expect(loadOlder).toHaveBeenCalled()
    await waitFor(() => expect(document.querySelector('[data-found]')?.textContent).toContain('Who comes?'))
  })
})

test('a reaction is added from the menu and taken back by a press on it', async () => {
  const { handle } = await show([fromBen(1, { reactions: { '👍': ['ada', 'ben'] } })])
  const shown = screen.getByRole('button', { name: /👍 from You, Ben Turner/ })
  expect(shown.getAttribute('aria-pressed')).toBe('true')
  act(() => fireEvent.click(shown))
  await openMenu('Message 1')
  await choose('React with 🎉')
  expect(asked(handle, 'react')).toEqual([
    ['m1', '👍'],
    ['m1', '🎉'],
  ])
})

describe('taking a message back', () => {
  test('is asked for once', async () => {
    const { handle } = await show([mine(1, { createdAt: now() })])
    await openMenu('Message 1')
    await choose('Recall')
    expect(asked(handle, 'recall')).toEqual([])
    await press('Recall')
    expect(asked(handle, 'recall')).toEqual([['m1']])
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  test('too late offers to delete it', async () => {
    const { handle } = await show([mine(1, { createdAt: now() })])
    handle.recall = () => Promise.reject(new ParleyError('recall_window_passed'))
    await openMenu('Message 1')
    await choose('Recall')
    await press('Recall')
    expect(screen.getByText('It is too late for that.')).toBeTruthy()
    await press('Delete for everyone')
    expect(asked(handle, 'delete')).toEqual([['m1']])
  })

  test('is deleting, after two minutes', async () => {
    await show([mine(1, { createdAt: new Date(Date.now() - 121_000).toISOString() })])
    await openMenu('Message 1')
    expect(screen.queryByRole('menuitem', { name: 'Recall' })).toBeNull()
    expect(screen.getByRole('menuitem', { name: 'Delete for everyone' })).toBeTruthy()
  })

  test('of others is not offered, and a tombstone offers nothing', async () => {
    await show([fromBen(1), fromBen(2, { text: '', recalled: true })])
    expect(within(bubble('Message recalled')).queryByRole('button')).toBeNull()
    await openMenu('Message 1')
    expect(screen.queryByRole('menuitem', { name: /Recall|Delete/ })).toBeNull()
  })
})

test('a message is forwarded to the chosen chats', async () => {
  const { client, handle } = await show([fromBen(1)])
  const chats = [chat(privateSession()), chat(groupSession({ id: 'g2', name: 'Ward 3' }))]
  client.chats.set({ chats, unreadCount: 0, hasMore: false, loading: false, error: null })
  await openMenu('Message 1')
  await choose('Forward')
  const dialog = within(screen.getByRole('dialog'))
  act(() => fireEvent.change(dialog.getByLabelText('Search chats'), { target: { value: 'ward' } }))
  act(() => fireEvent.click(dialog.getByRole('checkbox', { name: 'Ward 3' })))
  await act(() => fireEvent.click(dialog.getByRole('button', { name: 'Forward' })))
  expect(asked(handle, 'forward')).toEqual([['m1', ['g2']]])
  expect(screen.getAllByText('Forwarded to 1 chat.').length).toBeGreaterThan(0)
})

describe('an address with a message', () => {
  test('leads to one that is loaded', async () => {
    const { handle } = await show([fromBen(1), fromBen(2)], groupSession(), 1)
    expect(asked(handle, 'excerpt')).toEqual([])
    await waitFor(() => expect(document.querySelector('[data-found]')?.textContent).toContain('Message 1'))
    expect(window.location.hash).toBe('#/team/g1')
  })

  test('and to one far back, and from there to the newest', async () => {
    const { handle } = await show([fromBen(500)], groupSession(), 7)
    expect(asked(handle, 'excerpt')).toEqual([[7]])
    const messages = [fromBen(6), fromBen(7), fromBen(8)]
    act(() => handle.past.set({ ...handle.past.getSnapshot(), loading: false, messages }))
    await waitFor(() => expect(document.querySelector('[data-found]')?.textContent).toContain('Message 7'))
    expect(screen.queryByText('Message 500')).toBeNull()
    await press('Newest')
    expect(screen.getByText('Message 500')).toBeTruthy()
  })
})

test('a support session that a search has found is shown in its own place', async () => {
  window.location.hash = '#/team/s1/3'
  await show([fromBen(3)], session({ id: 's1', status: 'ended' }), 3)
  expect(window.location.hash).toBe('#/sessions/history/s1')
})

test('who is removed while looking is told so, calmly', async () => {
  const { handle } = await show([fromBen(1)])
  act(() => handle.snapshot.set({ ...handle.getSnapshot(), messages: [], closed: 'removed' }))
  expect(screen.getByText('You are no longer in this chat')).toBeTruthy()
  expect(screen.queryByRole('textbox')).toBeNull()
})

describe('the members of a group', () => {
  async function open(ownerId: string) {
    const shown = await show([], groupSession({ ownerId }))
    shown.handle.people.set(
      pageOf([participant({ id: 'ada', realName: 'Ada Okafor' }), participant({ id: 'ben' })]),
    )
    await press('Group')
    return shown
  }

  test('are changed by the owner, who is asked once', async () => {
    const { handle } = await open('ada')
    await press('Remove Ben Turner')
    expect(asked(handle, 'remove')).toEqual([])
    await press('Remove')
    expect(asked(handle, 'remove')).toEqual([['ben']])
    await press('Make Ben Turner the owner')
    await press('Make owner')
    expect(asked(handle, 'update')).toEqual([[{ ownerId: 'ben' }]])
  })

  test('are only looked at by the others, who may leave', async () => {
    const { handle } = await open('ben')
    expect(screen.queryByRole('button', { name: 'Remove Ben Turner' })).toBeNull()
    expect(screen.queryByLabelText('Name of the group')).toBeNull()
    await press('Leave group')
    expect(asked(handle, 'leave')).toEqual([])
    await act(() =>
      fireEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Leave group' })),
    )
    expect(asked(handle, 'leave')).toEqual([[]])
  })

  test('a new name and the rule of history are saved', async () => {
    const { handle } = await open('ada')
    act(() =>
      fireEvent.change(screen.getByLabelText('Name of the group'), { target: { value: 'Day shift' } }),
    )
    await press('Save')
    await act(() => fireEvent.click(screen.getByRole('switch')))
    expect(asked(handle, 'update')).toEqual([[{ name: 'Day shift' }], [{ showsHistory: true }]])
  })
})
