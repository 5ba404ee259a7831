import type { FailedMessage, TimelineMessage } from '@parley/sdk'
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, file, stored } from '../../../test/entities.ts'
import { createFakeClient } from '../../../test/fake-client.ts'
import { stubLayout } from '../../../test/layout.ts'
import { renderWith } from '../../../test/render.tsx'
import { MessageBubble } from './message-bubble.tsx'

beforeEach(() => stubLayout())
afterEach(cleanup)

function show(message: TimelineMessage) {
  const client = createFakeClient(ada)
  const handle = client.session('s1')
  const row = { kind: 'message', key: message.key, message, first: true, telling: true } as const
  renderWith(client, <MessageBubble row={row} sender={{ name: 'Lin Wei', avatar: null }} handle={handle} />)
  return handle
}

const mine = { mine: true, senderId: 'ada', senderType: 'operator' } as const
const failed: FailedMessage = {
  ...stored(1, mine),
  state: 'failed',
  clientMessageId: 'c1',
  code: 'session_ended',
  uploading: null,
}

test.each([
  ['sent', 'Sent'],
  ['delivered', 'Delivered'],
  ['read', 'Read'],
] as const)('a message that is %s says so in words', (state, words) => {
  show(stored(1, { ...mine, state }))
  expect(screen.getByText(words)).toBeTruthy()
})

test('one of somebody else has no such words', () => {
  show(stored(1))
  expect(screen.queryByText('Sent')).toBeNull()
})

test('one that failed says why, and can be sent again or dropped', () => {
  const handle = show(failed)
  expect(screen.getByText('Not sent. The session has ended.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }))
  fireEvent.click(screen.getByRole('button', { name: 'Discard' }))
  expect(handle.asked).toEqual([
    ['retry', 'c1'],
    ['discard', 'c1'],
  ])
})

test('a bubble is close around a picture, and not around what is left of a recalled one', () => {
  const bubbles = () =>
    [...document.querySelectorAll<HTMLElement>('.message-bubble')].map(({ dataset }) => ({ ...dataset }))
  show(stored(1, { type: 'image', file: file({ mimeType: 'image/png' }), text: '' }))
  expect(bubbles()).toEqual([{ picture: 'true' }])
  cleanup()
  show(stored(1, { type: 'image', file: null, text: '', recalled: true }))
  expect(bubbles()).toEqual([{}])
})

test('HTML stays text', () => {
  show(stored(1, { text: '<img src=x onerror=alert(1)> <b>bold</b>' }))
  expect(document.querySelector('.message-bubble img, .message-bubble b')).toBeNull()
  expect(screen.getByText('<img src=x onerror=alert(1)> <b>bold</b>')).toBeTruthy()
})

test('a link opens elsewhere and tells nothing of this page', () => {
  show(stored(1, { text: 'https://a.example/x' }))
  const link = screen.getByRole('link')
  expect([link.getAttribute('href'), link.getAttribute('target'), link.getAttribute('rel')]).toEqual([
    'https://a.example/x',
    '_blank',
    'noopener noreferrer nofollow',
  ])
})

test('a recalled message shows none of its text', () => {
  show(stored(1, { recalled: true, text: '' }))
  expect(screen.getByText('Message recalled')).toBeTruthy()
})

test.each([
  ['https://files.example/a.pdf', true],
  ['/files/a.pdf', true],
  ['javascript:alert(1)', false],
  ['http://elsewhere.example/a.pdf', false],
])('a file at %s is a link: %s', (url, isLink) => {
  const file = {
    url,
    name: 'a.pdf',
    size: 2048,
    mimeType: null,
    width: null,
    height: null,
    durationMs: null,
    thumbnailUrl: null,
  }
  show(stored(1, { type: 'file', text: '', file }))
  expect(screen.queryAllByRole('link')).toHaveLength(isLink ? 1 : 0)
  expect(screen.getByText(/a\.pdf/)).toBeTruthy()
})
