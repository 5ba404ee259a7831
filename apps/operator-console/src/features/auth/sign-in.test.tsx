import { ParleyError } from '@parley/sdk'
import { ParleyProvider } from '@parley/sdk/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ada } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { SignIn } from './sign-in.tsx'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function show() {
  const client = createFakeClient(null)
  render(
    <ParleyProvider value={client}>
      <SignIn />
    </ParleyProvider>,
  )
  return client
}

async function submit(username: string, password: string) {
  fireEvent.change(screen.getByLabelText('Username'), { target: { value: username } })
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: password } })
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Sign in' })))
}

test('signs in and connects', async () => {
  const client = show()
  const connect = vi.spyOn(client, 'connect')
  client.answer({ 'console.sign-in': () => ada })
  await submit(' ada ', 'open sesame')
  expect(client.calls).toEqual([
    { operation: 'console.sign-in', input: { username: 'ada', password: 'open sesame' } },
  ])
  expect(connect).toHaveBeenCalledOnce()
})

test('says which field is empty, and asks the server nothing', async () => {
  const client = show()
  await submit('ada', '')
  expect(screen.getByLabelText('Password').getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByText('Enter your password.')).toBeTruthy()
  expect(screen.queryByText('Enter your username.')).toBeNull()
  expect(client.calls).toEqual([])
})

test('a wrong password is said at the form, not which of the two it was', async () => {
  const client = show()
  client.answer({
    'console.sign-in': () => {
      throw new ParleyError('unauthorized')
    },
  })
  await submit('ada', 'wrong')
  expect(screen.getByRole('alert').textContent).toBe('The username or the password is wrong.')
})

test('says how long to wait, counts down, and takes no try until then', async () => {
  const client = show()
  client.answer({
    'console.sign-in': () => {
      throw new ParleyError('rate_limited', { retryAfterMs: 3000 })
    },
  })
  await submit('ada', 'wrong')
  expect(screen.getByRole('alert').textContent).toContain('3 seconds')
  await act(() => vi.advanceTimersByTimeAsync(1000))
  expect(screen.getByRole('alert').textContent).toContain('2 seconds')
  await submit('ada', 'again')
  expect(client.calls).toHaveLength(1)
  await act(() => vi.advanceTimersByTimeAsync(2000))
  expect(screen.getByRole('alert').textContent).toBe('')
  await submit('ada', 'again')
  expect(client.calls).toHaveLength(2)
})
