import { ParleyError } from '@parley/sdk'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { ChangePassword } from './change-password.tsx'

beforeEach(() => stubLayout())
afterEach(cleanup)

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name)

async function change(now: string, next: string, answer: () => { changed: true }) {
  const client = createFakeClient(ada)
  client.answer({ 'auth.change-password': answer })
  renderWith(client, <ChangePassword />)
  fireEvent.change(field('Present password'), { target: { value: now } })
  fireEvent.change(field('New password'), { target: { value: next } })
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Change password' })))
  return client
}

test('changes it, says so, and leaves nothing in the fields', async () => {
  const client = await change('old one', 'a new one', () => ({ changed: true }))
  expect(client.calls.map(call => call.input)).toEqual([{ password: 'old one', newPassword: 'a new one' }])
  expect(screen.getAllByText('Your password is changed.').length).toBeGreaterThan(0)
  expect([field('Present password').value, field('New password').value]).toEqual(['', ''])
})

test('a wrong present one is said at its field', async () => {
  await change('wrong', 'a new one', () => {
    throw new ParleyError('validation_failed', { details: [{ path: 'password', message: 'is wrong' }] })
  })
  expect(screen.getByText('This is not your present password.')).toBeTruthy()
  expect(field('Present password').getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByRole('alert').textContent).toBe('')
})

test('one that is too short is not sent', async () => {
  const client = await change('old one', 'short', () => ({ changed: true }))
  expect(client.calls).toEqual([])
  expect(screen.getByText('It needs at least 8 characters.')).toBeTruthy()
})

test('tells password managers no username: the name that is shown is none', () => {
  const { container } = renderWith(createFakeClient(ada), <ChangePassword />)
  expect(container.querySelector('[autocomplete="username"]')).toBeNull()
  expect([...container.querySelectorAll('input')].map(({ value }) => value)).toEqual(['', ''])
})
