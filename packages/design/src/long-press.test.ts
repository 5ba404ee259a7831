import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLongPress } from './long-press.ts'

const at = (clientX: number, pointerType = 'touch') => ({ pointerType, clientX, clientY: 0 })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a finger that rests acts, once', () => {
  const act = vi.fn()
  const press = createLongPress(act)
  press.onPointerDown(at(0))
  press.onPointerMove(at(4))
  vi.advanceTimersByTime(440)
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(5000)
  press.onPointerUp()
  expect(act).toHaveBeenCalledTimes(1)
})

test.each([
  ['scrolls', (press: ReturnType<typeof createLongPress>) => press.onPointerMove(at(30))],
  ['is lifted', (press: ReturnType<typeof createLongPress>) => press.onPointerUp()],
  ['is taken over by the browser', (press: ReturnType<typeof createLongPress>) => press.onPointerCancel()],
])('a finger that %s does not', (_, move) => {
  const act = vi.fn()
  const press = createLongPress(act)
  press.onPointerDown(at(0))
  move(press)
  vi.advanceTimersByTime(5000)
  expect(act).not.toHaveBeenCalled()
})

test('what has acted is no press as well, takes no focus and brings no menu of the browser’s; the next one is', () => {
  const said = () => ({ detail: 1, preventDefault: vi.fn(), stopPropagation: vi.fn() })
  const press = createLongPress(() => undefined)
  press.onPointerDown(at(0))
  vi.advanceTimersByTime(500)
  const [menu, down, click, keys, again] = [said(), said(), said(), { ...said(), detail: 0 }, said()]
  press.onContextMenu(menu)
  press.onPointerUp()
  press.onMouseDown(down)
  press.onClickCapture(keys)
  press.onClickCapture(click)
  press.onClickCapture(again)
  const prevented = [menu, down, click, keys, again].map(one => one.preventDefault.mock.calls.length)
  expect(prevented).toEqual([1, 1, 1, 0, 0])
})

test('a mouse does not', () => {
  const act = vi.fn()
  createLongPress(act).onPointerDown(at(0, 'mouse'))
  vi.advanceTimersByTime(5000)
  expect(act).not.toHaveBeenCalled()
})
