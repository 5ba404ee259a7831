import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { OwnName } from './own-name.tsx'

beforeEach(() => stubLayout())
afterEach(cleanup)

async function rename(name: string) {
  const client = createFakeClient(ada)
  client.answer({ 'auth.update-me': input => ({ ...ada, ...input }) })
  renderWith(client, <OwnName />)
  fireEvent.change(screen.getByLabelText('Your name'), { target: { value: name } })
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Save' })))
  return client
}

test('is changed, and says so', async () => {
  const client = await rename(' Ada Lovelace ')
  expect(client.calls).toEqual([{ operation: 'auth.update-me', input: { name: 'Ada Lovelace' } }])
  expect(screen.getAllByText('Your name is changed.').length).toBeGreaterThan(0)
})

test('is never empty, and what is as it was is not sent', async () => {
  expect((await rename(' ')).calls).toEqual([])
  expect(screen.getByText('Enter a name.')).toBeTruthy()
  cleanup()
  expect((await rename(ada.name)).calls).toEqual([])
})
