import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ada } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { App } from '../../app/app.tsx'

beforeEach(() => stubLayout())
afterEach(cleanup)

function show() {
  const client = createFakeClient({ ...ada, mustChangePassword: true })
  client.connection.set({ status: 'refused', code: 'forbidden' })
  renderWith(client, <App />)
  return client
}

test('asks for a password of one’s own before anything else', () => {
  show()
  expect(screen.getByRole('heading', { name: 'Choose a password of your own' })).toBeTruthy()
  expect(screen.queryByRole('navigation')).toBeNull()
})

test('once it is changed, goes on', async () => {
  const client = show()
  client.answer({ 'auth.change-password': () => ({ changed: true }) })
  const [disconnect, connect] = [vi.spyOn(client, 'disconnect'), vi.spyOn(client, 'connect')]
  fireEvent.change(screen.getByLabelText('Present password'), { target: { value: 'the first one' } })
  fireEvent.change(screen.getByLabelText('New password'), { target: { value: 'one of my own' } })
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Change password' })))
  expect(disconnect).toHaveBeenCalledBefore(connect)
  expect(connect).toHaveBeenCalledOnce()
})

test('signs out all the same', async () => {
  const client = show()
  client.answer({ 'console.sign-out': () => ({ loggedOut: true }) })
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Sign out' })))
  expect(client.calls.map(({ operation }) => operation)).toEqual(['console.sign-out'])
})
