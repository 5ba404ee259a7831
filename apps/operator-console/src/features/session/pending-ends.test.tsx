import { ParleyError } from '@parley/sdk'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPendingEnds, type PendingEnds, UNDO_MS } from './pending-ends.ts'

const END = { sessionId: 's1', name: 'Lin Wei', reason: 'solved' }
let open: PendingEnds[] = []

function create(send = vi.fn(() => Promise.resolve<unknown>(undefined))) {
  const ends = createPendingEnds('ada', send)
  open.push(ends)
  return { ends, send }
}
const states = (ends: PendingEnds) => ends.getSnapshot().map(end => end.state)

beforeEach(() => {
  vi.useFakeTimers()
  sessionStorage.clear()
})
afterEach(() => {
  for (const ends of open) ends.close()
  open = []
  vi.useRealTimers()
})

test('an end is sent when its five seconds are over, and not before', async () => {
  const { ends, send } = create()
  ends.schedule(END)
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1)
  expect(send).not.toHaveBeenCalled()
  expect(states(ends)).toEqual(['undoable'])
  await vi.advanceTimersByTimeAsync(1)
  expect(send).toHaveBeenCalledExactlyOnceWith('s1', 'solved')
  expect(states(ends)).toEqual([])
})

test('an end that is taken back is never sent', async () => {
  const { ends, send } = create()
  ends.schedule(END)
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1)
  ends.undo('s1')
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect(send).not.toHaveBeenCalled()
  expect(states(ends)).toEqual([])
})

test('it is too late to take back what is being sent', async () => {
  const { ends } = create(vi.fn(() => new Promise<unknown>(() => undefined)))
  ends.schedule(END)
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  ends.undo('s1')
  expect(states(ends)).toEqual(['sending'])
})

test('asked for twice is sent once', async () => {
  const { ends, send } = create()
  ends.schedule(END)
  ends.schedule({ ...END, reason: 'spam' })
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect(send).toHaveBeenCalledExactlyOnceWith('s1', 'solved')
})

test('several sessions end on their own', async () => {
  const { ends, send } = create()
  ends.schedule(END)
  await vi.advanceTimersByTimeAsync(2000)
  ends.schedule({ ...END, sessionId: 's2' })
  ends.undo('s1')
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect(send).toHaveBeenCalledExactlyOnceWith('s2', 'solved')
})

test('what failed says so, stays, and is sent again on request', async () => {
  const send = vi
    .fn(() => Promise.resolve<unknown>(undefined))
    .mockRejectedValueOnce(new ParleyError('unavailable'))
  const { ends } = create(send)
  ends.schedule(END)
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect(ends.getSnapshot()).toMatchObject([{ state: 'failed', error: { code: 'unavailable' } }])
  ends.retry('s1')
  await vi.advanceTimersByTimeAsync(0)
  expect(send).toHaveBeenCalledTimes(2)
  expect(states(ends)).toEqual([])
})

test('a reload neither loses an end nor shortens its time', async () => {
  const before = create()
  before.ends.schedule(END)
  await vi.advanceTimersByTimeAsync(2000)
  before.ends.close()
  const after = create()
  expect(after.ends.getSnapshot()).toMatchObject([{ name: 'Lin Wei', state: 'undoable' }])
  await vi.advanceTimersByTimeAsync(UNDO_MS - 2001)
  expect(after.send).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(after.send).toHaveBeenCalledOnce()
  expect(before.send).not.toHaveBeenCalled()
})

test('an end that is kept in a way nobody understands is dropped', () => {
  sessionStorage.setItem('parley-console.ends.ada', '[{"sessionId":7},{]')
  expect(states(create().ends)).toEqual([])
  sessionStorage.setItem('parley-console.ends.ada', '[{"sessionId":7},null]')
  expect(states(create().ends)).toEqual([])
})

test('another person on the same browser does not send it', async () => {
  create().ends.schedule(END)
  const other = vi.fn(() => Promise.resolve<unknown>(undefined))
  const ends = createPendingEnds('ben', other)
  open.push(ends)
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect(other).not.toHaveBeenCalled()
})
