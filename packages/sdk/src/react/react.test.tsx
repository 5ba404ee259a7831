import { act, cleanup, render, renderHook, screen } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { settle } from '../testing/sim-clock.ts'
import { createSimWorld } from '../testing/sim-world.ts'
import type { VisitorClient } from '../types.ts'
import {
  ParleyProvider,
  useChat,
  useChats,
  useConnection,
  useFriends,
  useMe,
  useOperators,
  useParley,
  useParleyEvent,
  useParticipants,
  usePerson,
  usePresence,
  useSearch,
  useSession,
  useSessionList,
  useUnread,
  useUpload,
} from './index.ts'

afterEach(cleanup)

const around =
  (client: VisitorClient) =>
  ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <ParleyProvider value={client}>{children}</ParleyProvider>
    </StrictMode>
  )

function createDesk() {
  const world = createSimWorld()
  const found = world.server.session('s1', 'lin')
  const parley = world.as(world.server.operator('ada'))
  return { ...world, found, parley, wrapper: around(parley) }
}

const passing = () => act(settle)

function Thread({ id }: { id: string }) {
  const { messages, loading, handle } = useSession(id)
  if (loading) return <p>loading</p>
  return (
    <>
      <ol>
        {messages.map(({ key, text, state }) => (
          <li key={key}>{`${text} ${state}`}</li>
        ))}
      </ol>
      <button type="button" onClick={() => handle.send('answer')}>
        send
      </button>
    </>
  )
}

const lines = () => screen.getAllByRole('listitem').map(item => item.textContent)

describe('hooks', () => {
  it('show a session, what comes to it, and what is sent', async () => {
    const { found, wrapper, server } = createDesk()
    found.send({ senderId: 'lin', text: 'Hello' })
    found.assign('ada')
    render(<Thread id="s1" />, { wrapper })
    expect(screen.getByText('loading')).toBeDefined()
    await passing()
    expect(lines()).toEqual(['Hello received'])
    await act(async () => {
      found.send({ senderId: 'lin', text: 'Anyone?' })
      await settle()
    })
    expect(lines()).toEqual(['Hello received', 'Anyone? received'])
    act(() => screen.getByRole('button').click())
    expect(lines().at(-1)).toBe('answer waiting')
    const item = screen.getAllByRole('listitem').at(-1)
    await passing()
    expect(lines().at(-1)).toBe('answer sent')
    expect(screen.getAllByRole('listitem').at(-1)).toBe(item)
    expect(server.asked.filter(name => name === 'GET /api/chat/messages')).toHaveLength(1)
  })

  it('go from one session to another', async () => {
    const { server, wrapper } = createDesk()
    server.session('s2', 'bo').send({ senderId: 'bo', text: 'of the second' })
    server.sessions.get('s1')?.send({ senderId: 'lin', text: 'of the first' })
    const { rerender } = render(<Thread id="s1" />, { wrapper })
    await passing()
    rerender(<Thread id="s2" />)
    await passing()
    expect(lines()).toEqual(['of the second received'])
  })

  it('show connection, person, lists and operators', async () => {
    const { wrapper } = createDesk()
    const { result } = renderHook(
      () => ({
        connection: useConnection().status,
        me: useMe()?.id,
        queue: useSessionList('queue').sessions.map(({ id }) => id),
        operators: useOperators().operators.map(({ id }) => id),
      }),
      { wrapper },
    )
    await passing()
    expect(result.current).toEqual({ connection: 'online', me: 'ada', queue: ['s1'], operators: ['ada'] })
  })

  it('call the newest listener, and none after the end', async () => {
    const { found, parley, wrapper } = createDesk()
    found.assign('ada')
    parley.connect()
    await settle()
    const heard: string[] = []
    const { rerender, unmount } = renderHook(
      ({ prefix }: { prefix: string }) =>
        useParleyEvent('message', ({ message }) => heard.push(`${prefix} ${message.text}`)),
      { wrapper, initialProps: { prefix: 'a' } },
    )
    rerender({ prefix: 'b' })
    found.send({ senderId: 'lin', text: 'one' })
    await passing()
    unmount()
    found.send({ senderId: 'lin', text: 'two' })
    await passing()
    expect(heard).toEqual(['b one'])
  })

  it('say what is missing around them', () => {
    expect(() => renderHook(useParley)).toThrow('There is no <ParleyProvider>')
    const { list, ...visitor } = createDesk().parley
    expect(() => renderHook(useParley, { wrapper: around(visitor as VisitorClient) })).toThrow(
      'visitor’s client',
    )
  })
})

describe('hooks for people who chat', () => {
  function createTeam() {
    const world = createSimWorld()
    const lin = world.as(world.server.person('lin', 'user'))
    const group = world.server.chat('group', 'g1', ['lin', 'ben'], 'Ward 3')
    return { ...world, lin, group, wrapper: around(lin) }
  }

  it('show chats, what is unread, who takes part, and what is found', async () => {
    const { group, wrapper } = createTeam()
    const { result } = renderHook(
      ({ keyword }) => {
        const chat = useChat('g1')
        const people = useParticipants(chat.handle)
        return { chat, people, chats: useChats(), unread: useUnread(), found: useSearch({ keyword }) }
      },
      { wrapper, initialProps: { keyword: 'order' } },
    )
    await passing()
    act(() => void group.send({ senderId: 'ben', text: 'order 1' }))
    await passing()
    const { chat, people, chats, unread } = result.current
    expect(chats.chats).toMatchObject([{ title: 'Ward 3', unreadCount: 1 }])
    expect(unread).toMatchObject({ count: 1 })
    expect(people.items.map(({ user }) => user.id)).toEqual(['lin', 'ben'])
    await act(() => chat.handle.react('g1-m1', '👍'))
    await passing()
    expect(result.current.chat.messages).toMatchObject([{ reactions: { '👍': ['lin'] } }])
  })

  it('search anew for another keyword', async () => {
    const { group, wrapper } = createTeam()
    group.send({ senderId: 'ben', text: 'bed' })
    group.send({ senderId: 'ben', text: 'chair' })
    const { result, rerender } = renderHook(({ keyword }) => useSearch({ keyword }), {
      wrapper,
      initialProps: { keyword: 'bed' },
    })
    await passing()
    expect(result.current.items.map(({ text }) => text)).toEqual(['bed'])
    rerender({ keyword: 'chair' })
    await passing()
    expect(result.current.items.map(({ text }) => text)).toEqual(['chair'])
  })

  it('show friends, names and who is there', async () => {
    const { server, wrapper } = createTeam()
    server.person('ben', 'user')
    server.friends.befriend('lin', 'ben')
    const { result } = renderHook(
      () => ({ friends: useFriends(), ben: usePerson('ben'), there: usePresence('ben') }),
      { wrapper },
    )
    await passing()
    expect(result.current.friends.friends).toMatchObject([{ id: 'ben' }])
    expect(result.current.ben).toMatchObject({ name: 'ben' })
    act(() => server.say('ben', 'away'))
    await passing()
    expect(result.current.there).toMatchObject({ status: 'away' })
  })

  it('upload, say how far it is, and why it was refused', async () => {
    const { lin, wrapper } = createTeam()
    const { result } = renderHook(() => useUpload(lin), { wrapper })
    expect(result.current.progress).toBeNull()
    const file = await act(() => result.current.upload(new File(['x'], 'x.png', { type: 'image/png' })))
    expect(file).toMatchObject({ name: 'x.png' })
    expect(result.current).toMatchObject({ progress: null, error: null })
    const page = new File(['x'], 'x.html', { type: 'text/html' })
    await act(() => result.current.upload(page).catch(() => undefined))
    expect(result.current.error).toMatchObject({ code: 'unsupported_media_type' })
  })
})
