import { ParleyError } from '@parley/sdk'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, user } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { OwnPicture } from './own-picture.tsx'

beforeEach(() => stubLayout())
afterEach(cleanup)

const PICTURE = new File(['x'], 'me.png', { type: 'image/png' })
function show() {
  const client = createFakeClient(ada)
  renderWith(client, <OwnPicture size={72} />)
  return client
}
const choose = () =>
  act(() =>
    fireEvent.change(document.querySelector('input[type=file]') as HTMLInputElement, {
      target: { files: [PICTURE] },
    }),
  )

test('is uploaded, and says so', async () => {
  const client = show()
  client.answer({ 'user.set-avatar': () => user({ id: 'ada' }) })
  await choose()
  expect(client.calls).toEqual([{ operation: 'user.set-avatar', input: PICTURE }])
  expect(screen.getAllByText('Your picture is changed.').length).toBeGreaterThan(0)
})

test('what is no picture is refused in words', async () => {
  show().answer({
    'user.set-avatar': () => {
      throw new ParleyError('unsupported_media_type')
    },
  })
  await choose()
  expect(screen.getByText('That kind of file is not taken.')).toBeTruthy()
})
