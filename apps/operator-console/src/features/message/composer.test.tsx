import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada } from '../../../test/entities.ts'
import { createFakeClient, type FakeHandle } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { useAttachments } from '../file/index.ts'
import { Composer } from './composer.tsx'
import { useDrafts } from './drafts-context.tsx'

beforeEach(() => {
  localStorage.clear()
  stubLayout()
})
afterEach(cleanup)

function Written({ handle, maxLength }: { handle: FakeHandle; maxLength: number | null }) {
  const attachments = useAttachments(useDrafts().files, 's1')
  return (
    <Composer
      sessionId="s1"
      handle={handle}
      maxLength={maxLength}
      label="Message to Lin Wei"
      attachments={attachments}
    />
  )
}

function show(maxLength: number | null = 1000) {
  const client = createFakeClient(ada)
  const handle = client.session('s1')
  const shown = renderWith(client, <Written handle={handle} maxLength={maxLength} />)
  return { handle, ...shown }
}
const field = () => screen.getByLabelText<HTMLTextAreaElement>('Message to Lin Wei')
const write = (value: string) => fireEvent.change(field(), { target: { value } })
const sent = (handle: FakeHandle) => handle.asked.filter(([name]) => name === 'send').map(([, text]) => text)

test('Enter sends and empties the field', () => {
  const { handle } = show()
  write('Hello')
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(sent(handle)).toEqual(['Hello'])
  expect(field().value).toBe('')
})

test('Shift+Enter and an input method’s Enter do not', () => {
  const { handle } = show()
  write('你好')
  expect(fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true })).toBe(true)
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true })
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 })
  expect(sent(handle)).toEqual([])
})

test('nothing but space is not sent', () => {
  const { handle } = show()
  write(' \n ')
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(sent(handle)).toEqual([])
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
})

test('what was written and not sent is there again', () => {
  const { unmount } = show()
  write('half a thou')
  unmount()
  show()
  expect(field().value).toBe('half a thou')
})

test('what was sent is no draft', () => {
  const { unmount } = show()
  write('done')
  fireEvent.keyDown(field(), { key: 'Enter' })
  unmount()
  show()
  expect(field().value).toBe('')
})

test('says what is left near the limit, and sends nothing beyond it', () => {
  const { handle } = show(200)
  write('x'.repeat(99))
  expect(screen.queryByText(/left$/)).toBeNull()
  write('x'.repeat(199))
  expect(screen.getByText('1 character left')).toBeTruthy()
  write('👍'.repeat(201))
  expect(screen.getByText('1 character too many')).toBeTruthy()
  expect(field().getAttribute('aria-invalid')).toBe('true')
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(sent(handle)).toEqual([])
})

test('tells that somebody is writing, and that they have stopped', () => {
  const { handle } = show()
  write('a')
  write('')
  write('b')
  fireEvent.blur(field())
  expect(handle.asked.filter(([name]) => name === 'typing').map(([, on]) => on)).toEqual([
    true,
    false,
    true,
    false,
  ])
})

const picture = () => new File(['x'], 'photo.png', { type: 'image/png' })
const choose = (...files: File[]) =>
  fireEvent.change(document.querySelector('[data-file]') as HTMLInputElement, { target: { files } })
const sentFiles = (handle: FakeHandle) =>
  handle.asked
    .filter(([name]) => name === 'sendFile')
    .map(([, file, options]) => [(file as File).name, options])

test('files go out with what is said beside the first, and can be taken back before', () => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
  const { handle } = show()
  choose(picture(), new File(['y'], 'plan.pdf'), new File(['z'], 'wrong.pdf'))
  fireEvent.click(screen.getByRole('button', { name: 'Remove wrong.pdf' }))
  write('Here')
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(sentFiles(handle)).toEqual([
    ['photo.png', { text: 'Here' }],
    ['plan.pdf', undefined],
  ])
  expect(sent(handle)).toEqual([])
  expect(screen.queryByText('plan.pdf')).toBeNull()
})

test('a pasted picture is attached, a pasted text is text', () => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
  const { handle } = show()
  const paste = (types: string[]) =>
    fireEvent.paste(field(), { clipboardData: { types, files: [picture()], items: [] } })
  expect(paste(['text/plain', 'Files'])).toBe(true)
  expect(screen.queryByText('photo.png')).toBeNull()
  expect(paste(['Files'])).toBe(false)
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(sentFiles(handle)).toEqual([['photo.png', { text: '' }]])
})

test('only so many at once, and it says so', () => {
  show()
  choose(...Array.from({ length: 11 }, (_, n) => new File(['x'], `${n}.txt`)))
  expect(screen.getByRole('alert').textContent).toBe('At most 10 files go at once.')
  expect(screen.getAllByRole('button', { name: /^Remove/ })).toHaveLength(10)
})
