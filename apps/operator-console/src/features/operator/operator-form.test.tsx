import type { Operator } from '@parley/contracts'
import { MAX_USERS_LIMIT, operatorCreate, password, username } from '@parley/contracts'
import { ParleyError } from '@parley/sdk'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ada, operator } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { PASSWORD_MIN } from '../auth/index.ts'
import { LIMIT_MAX, USERNAME } from './operator-entry.ts'
import { OperatorForm } from './operator-form.tsx'

beforeEach(() => stubLayout())
afterEach(cleanup)

function show(edited: Operator | null) {
  const client = createFakeClient({ ...ada, role: 'admin' })
  const onClose = vi.fn()
  client.answer({ 'operator.create': () => operator(), 'operator.update': () => operator() })
  renderWith(client, <OperatorForm operator={edited} onClose={onClose} />)
  return { client, onClose }
}
const fill = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const save = () => act(() => fireEvent.click(screen.getByRole('button', { name: 'Save' })))

test('a new operator is added with what was typed', async () => {
  const { client, onClose } = show(null)
  fill('Name', '  Kim ')
  fill('Sessions at once', '3')
  fill('Username', 'kim')
  fill('Password', 'long enough')
  await save()
  const input = { name: 'Kim', maxUsers: 3, username: 'kim', password: 'long enough' }
  expect(client.calls).toEqual([{ operation: 'operator.create', input }])
  expect(operatorCreate.input.safeParse(input).success).toBe(true)
  expect(onClose).toHaveBeenCalledOnce()
})

test('what is wrong is said at its field, and nothing is sent', async () => {
  const { client, onClose } = show(null)
  fill('Name', ' ')
  fill('Sessions at once', '1001')
  fill('Username', 'a b')
  fill('Password', 'short')
  await save()
  expect(client.calls).toEqual([])
  expect(onClose).not.toHaveBeenCalled()
  for (const label of ['Name', 'Sessions at once', 'Username', 'Password']) {
    expect(screen.getByLabelText(label).getAttribute('aria-invalid'), label).toBe('true')
  }
})

test('only what is different is changed', async () => {
  const { client } = show(operator({ name: 'Ben', maxUsers: 3 }))
  fill('Sessions at once', '4')
  await act(() => fireEvent.click(screen.getByRole('switch', { name: /^Active/ })))
  await save()
  expect(client.calls).toEqual([
    { operation: 'operator.update', input: { operatorId: 'ada', maxUsers: 4, isActive: false } },
  ])
})

test.each([
  [null, 'This username is taken.'],
  [operator({ activeSessions: 2 }), 'The limit can’t be lower than the 2 sessions that are open now.'],
])('a conflict says what it is about', async (edited, words) => {
  const { client, onClose } = show(edited)
  const conflict = () => {
    throw new ParleyError('conflict')
  }
  client.answer({ 'operator.create': conflict, 'operator.update': conflict })
  fill('Name', 'Kim')
  await save()
  expect(screen.getByRole('alert').textContent).toBe(words)
  expect(onClose).not.toHaveBeenCalled()
})

test('the form’s rules are the contracts’', () => {
  expect(LIMIT_MAX).toBe(MAX_USERS_LIMIT)
  expect(password.safeParse('x'.repeat(PASSWORD_MIN)).success).toBe(true)
  expect(password.safeParse('x'.repeat(PASSWORD_MIN - 1)).success).toBe(false)
  for (const name of ['kim', '李雷', 'a.b_c@d+e-f', 'a b', 'a/b', '', 'é']) {
    expect(USERNAME.test(name), name).toBe(username.safeParse(name).success)
  }
})

test('one that was made by its first token is given a login', async () => {
  const { client } = show(operator({ id: 'agent-7', name: 'Seven' }))
  fill('New username', 'seven')
  fill('New password', 'long enough')
  await save()
  const input = { operatorId: 'agent-7', username: 'seven', password: 'long enough' }
  expect(client.calls).toEqual([{ operation: 'operator.update', input }])
})
