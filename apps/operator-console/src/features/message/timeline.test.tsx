import { ParleyError, type StoredMessage } from '@parley/sdk'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ada, sessionSnapshot, stored } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { Timeline } from './timeline.tsx'

beforeEach(() => stubLayout())
afterEach(cleanup)

const written = (length: number) => Array.from({ length }, (_, n) => stored(n + 1))
const FEW = written(5)

async function show(messages: StoredMessage[], hasOlder: boolean, loadOlder = () => Promise.resolve()) {
  const client = createFakeClient(ada)
  const handle = client.session('s1')
  const load = vi.fn(loadOlder)
  handle.loadOlder = load
  const snapshot = sessionSnapshot({ messages, hasOlder })
  await act(() =>
    renderWith(
      client,
      <Timeline
        snapshot={snapshot}
        handle={handle}
        reads={false}
        sender={() => ({ name: 'Lin Wei', avatar: null })}
      />,
    ),
  )
  return load
}

test('only what is on the screen is in the page', async () => {
  await show(written(200), false)
  expect(document.querySelectorAll('.timeline-row').length).toBeGreaterThan(5)
  expect(document.querySelectorAll('.timeline-row').length).toBeLessThan(60)
})

test('near its beginning, older messages are asked for', async () => {
  expect(await show(FEW, true)).toHaveBeenCalled()
})

test('where there are none, none are asked for', async () => {
  expect(await show(FEW, false)).not.toHaveBeenCalled()
})

test('what could not be loaded says so once, and is asked for again on request only', async () => {
  const load = await show(FEW, true, () => Promise.reject(new ParleyError('unreachable')))
  expect(load).toHaveBeenCalledOnce()
  const again = screen.getByRole('button', {
    name: /Older messages could not be loaded\. The server can’t be reached/,
  })
  load.mockResolvedValueOnce()
  await act(() => fireEvent.click(again))
  expect(load.mock.calls.length).toBeGreaterThan(1)
})
