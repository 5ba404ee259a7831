import type { Session } from '@parley/contracts'
import { ParleyError } from '@parley/sdk'
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ada, operator, session, sessionSnapshot, stored, waiting } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { UNDO_MS } from './pending-ends.ts'
import { SessionScreen } from './session-screen.tsx'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  sessionStorage.clear()
  localStorage.clear()
  stubLayout()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function show(shown: Session, me = ada) {
  const client = createFakeClient(me)
  client.team.set({
    operators: [
      operator({ activeSessions: 1 }),
      operator({ id: 'ben', name: 'Ben', activeSessions: 2 }),
      operator({ id: 'kim', name: 'Kim', status: 'busy', maxUsers: 3 }),
      operator({ id: 'zoe', name: 'Zoë', status: 'offline' }),
    ],
    loading: false,
    error: null,
  })
  const handle = client.session('s1')
  handle.snapshot.set(sessionSnapshot({ session: shown, messages: [stored(1)] }))
  renderWith(client, <SessionScreen sessionId="s1" view="mine" />)
  return { client, handle }
}
const press = (key: string) => act(() => fireEvent.keyDown(document.body, { key }))
const button = (name: string | RegExp) => screen.getByRole('button', { name })
const calls = (client: ReturnType<typeof createFakeClient>, operation: string) =>
  client.calls.filter(call => call.operation === operation).map(call => call.input)

describe('ending', () => {
  async function end() {
    const shown = show(session())
    shown.client.answer({ 'session.end': () => session({ status: 'ended' }) })
    await press('e')
    await act(() => fireEvent.click(screen.getByRole('menuitem', { name: 'Solved' })))
    return shown
  }

  test('asks why, waits five seconds, then tells the server', async () => {
    const { client } = await end()
    expect(screen.getAllByText('Ending the session with Lin Wei').length).toBeGreaterThan(0)
    expect(screen.queryByRole('button', { name: 'End' })).toBeNull()
    expect(calls(client, 'session.end')).toEqual([])
    await act(() => vi.advanceTimersByTimeAsync(UNDO_MS))
    expect(calls(client, 'session.end')).toEqual([{ sessionId: 's1', reason: 'solved' }])
  })

  test('can be taken back', async () => {
    const { client } = await end()
    await act(() => fireEvent.click(button('Undo')))
    await act(() => vi.advanceTimersByTimeAsync(UNDO_MS))
    expect(calls(client, 'session.end')).toEqual([])
    expect(button('End')).toBeTruthy()
  })

  test('that fails says why and can be tried again', async () => {
    const { client } = await end()
    client.answer({
      'session.end': () => {
        throw new ParleyError('unavailable')
      },
    })
    await act(() => vi.advanceTimersByTimeAsync(UNDO_MS))
    expect(screen.getAllByText(/has not ended\. The server can’t do this/).length).toBeGreaterThan(0)
    client.answer({ 'session.end': () => session({ status: 'ended' }) })
    await act(() => fireEvent.click(button('Try again')))
    expect(calls(client, 'session.end')).toHaveLength(2)
    expect(screen.queryByText(/has not ended/)).toBeNull()
  })
})

describe('what one may do', () => {
  const others = session({ operatorId: 'ben', operator: { id: 'ben', name: 'Ben', avatar: null } })
  const can = () => ({
    write: screen.queryByRole('textbox') !== null,
    take: screen.queryByRole('button', { name: /^Take/ }) !== null,
    transfer: screen.queryByRole('button', { name: 'Transfer' }) !== null,
    end: screen.queryByRole('button', { name: 'End' }) !== null,
  })

  test.each([
    ['with one’s own', session(), ada, { write: true, take: false, transfer: true, end: true }],
    ['with a colleague’s', others, ada, { write: false, take: true, transfer: true, end: false }],
    [
      'with a colleague’s, as an admin',
      others,
      { ...ada, role: 'admin' as const },
      { write: false, take: true, transfer: true, end: true },
    ],
    ['with one that waits', waiting(), ada, { write: false, take: true, transfer: true, end: false }],
    [
      'with one that has ended',
      session({ status: 'ended' }),
      ada,
      { write: false, take: false, transfer: false, end: false },
    ],
    [
      'outside the pool',
      waiting(),
      { ...ada, id: 'nurse', role: 'nurse' as const },
      { write: false, take: false, transfer: true, end: false },
    ],
  ])('%s', (_, shown, me, expected) => {
    show(shown, me)
    expect(can()).toEqual(expected)
  })

  test('is said where one can’t write', () => {
    show(others)
    expect(screen.getByText('Ben answers this session. Take it over to write.')).toBeTruthy()
  })

  test('an ended one says by whom and why', () => {
    show(session({ status: 'ended', endedBy: 'lin', endReason: 'solved', endedAt: new Date().toISOString() }))
    expect(screen.getByText(/^Ended by the visitor, .* · Solved$/)).toBeTruthy()
  })
})

describe('taking', () => {
  test('waits visibly, then shows it among one’s own', async () => {
    const { client } = show(waiting())
    let answer: (given: { session: Session; operator: null }) => void = () => undefined
    const answered = new Promise<{ session: Session; operator: null }>(resolve => {
      answer = resolve
    })
    client.answer({ 'operator.assign': () => answered })
    await act(() => fireEvent.click(button('Take')))
    expect(button('Take').getAttribute('aria-busy')).toBe('true')
    fireEvent.click(button('Take'))
    expect(calls(client, 'operator.assign')).toEqual([{ sessionId: 's1', operatorId: 'ada' }])
    await act(async () => answer({ session: session(), operator: null }))
    expect(window.location.hash).toBe('#/sessions/mine/s1')
  })

  test('says why it did not work', async () => {
    const { client } = show(waiting())
    client.answer({
      'operator.assign': () => {
        throw new ParleyError('operator_at_capacity')
      },
    })
    await act(() => fireEvent.click(button('Take')))
    expect(
      screen.getAllByText(/You did not get this session\. The operator’s limit is reached/).length,
    ).toBeGreaterThan(0)
    expect(button('Take').getAttribute('aria-busy')).toBe('false')
  })
})

describe('transferring', () => {
  test('shows each one’s status and load, and offers only who can take it', async () => {
    show(session())
    await press('t')
    const dialog = within(screen.getByRole('dialog', { name: 'Transfer session' }))
    const told = dialog
      .getAllByRole<HTMLInputElement>('radio')
      .map(radio => [radio.closest('label')?.textContent, radio.disabled])
    expect(told).toEqual([
      ['QueueGoes to the next one who is free', false],
      ['KKimBusy · 0 of 3 sessions', false],
      ['BBenFull · 2 of 2 sessions', true],
      ['ZZoëOffline · 0 of 2 sessions', true],
    ])
  })

  test.each([
    ['the queue', 'Queue', { toQueue: true }],
    ['a colleague', 'Kim', { operatorId: 'kim' }],
  ])('to %s', async (_, name, target) => {
    const { client } = show(session())
    client.answer({ 'operator.assign': () => ({ session: session(), operator: null }) })
    await press('t')
    const dialog = within(screen.getByRole('dialog'))
    fireEvent.click(dialog.getByRole('radio', { name: new RegExp(`^${name}`) }))
    await act(() => fireEvent.click(dialog.getByRole('button', { name: 'Transfer' })))
    expect(calls(client, 'operator.assign')).toEqual([{ sessionId: 's1', ...target }])
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('that fails keeps the dialog and says why', async () => {
    const { client } = show(session())
    client.answer({
      'operator.assign': () => {
        throw new ParleyError('operator_at_capacity')
      },
    })
    await press('t')
    const dialog = within(screen.getByRole('dialog'))
    fireEvent.click(dialog.getByRole('radio', { name: /^Kim/ }))
    await act(() => fireEvent.click(dialog.getByRole('button', { name: 'Transfer' })))
    expect(dialog.getByRole('alert').textContent).toBe('The operator’s limit is reached.')
  })
})

test('a message that comes is announced, one that was missed is not', () => {
  const { client } = show(session())
  const incoming = { ...stored(2), sessionId: 's1', text: 'Are you there?' } as never
  act(() => client.emit('message', { message: incoming, session: session(), live: false }))
  expect(screen.queryByText('Lin Wei: Are you there?')).toBeNull()
  act(() => client.emit('message', { message: incoming, session: session(), live: true }))
  expect(screen.getByText('Lin Wei: Are you there?').getAttribute('role')).toBe('status')
})

test('only one’s own session is marked as read, and only while it is looked at', () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  const own = show(session())
  expect(own.handle.asked).toContainEqual(['markRead', 1])
  cleanup()
  const others = show(session({ operatorId: 'ben' }))
  expect(others.handle.asked.map(([name]) => name)).not.toContain('markRead')
  cleanup()
  vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  const away = show(session())
  expect(away.handle.asked.map(([name]) => name)).not.toContain('markRead')
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  act(() => window.dispatchEvent(new Event('focus')))
  expect(away.handle.asked).toContainEqual(['markRead', 1])
})

describe('the focus', () => {
  const focused = () => document.activeElement

  test('is where one writes, once a session is opened or taken', () => {
    const { handle } = show(waiting())
    expect(focused()?.tagName).toBe('H2')
    act(() => handle.snapshot.set(sessionSnapshot({ session: session(), messages: [stored(1)] })))
    expect(focused()).toBe(screen.getByRole('textbox'))
  })

  test('is not lost when the field goes away', () => {
    const { handle } = show(session())
    act(() =>
      handle.snapshot.set(sessionSnapshot({ session: session({ status: 'ended' }), messages: [stored(1)] })),
    )
    expect(focused()?.tagName).toBe('H2')
  })

  test('is not taken from where somebody else works', () => {
    const { handle } = show(waiting())
    act(() => button('Transfer').focus())
    act(() => handle.snapshot.set(sessionSnapshot({ session: session(), messages: [stored(1)] })))
    expect(focused()).toBe(button('Transfer'))
  })

  test('does not bring up the keyboard of a phone', () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false }))
    show(session())
    expect(focused()?.tagName).toBe('H2')
  })
})

test('a session that can’t be shown says why', () => {
  const { handle } = show(session())
  act(() =>
    handle.snapshot.set(
      sessionSnapshot({ session: null, messages: [], error: new ParleyError('not_found') }),
    ),
  )
  expect(screen.getByText('This session can’t be shown')).toBeTruthy()
})
