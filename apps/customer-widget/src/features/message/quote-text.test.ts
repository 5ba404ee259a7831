import type { Quote } from '@parley/sdk'
import { expect, test } from 'vitest'
import { createTexts } from '../../i18n/texts.ts'
import { quoteText } from './message-quote.tsx'

const texts = createTexts('zh')
const quote: Quote = {
  id: 'm1',
  senderId: 'ada',
  senderType: 'operator',
  text: 'Hello',
  type: 'text',
  file: null,
  recalled: false,
}
const file = {
  url: '/api/files/1',
  name: 'map.png',
  size: 1,
  mimeType: 'image/png',
  width: 1,
  height: 1,
  durationMs: null,
  thumbnailUrl: null,
}

test.each([
  ['its text', quote, 'Hello'],
  ['the name of its file', { ...quote, text: '', type: 'image' as const, file }, 'map.png'],
  ['what it is, if that has no name', { ...quote, text: '', type: 'voice' as const }, '语音消息'],
  ['that it was taken back', { ...quote, text: '', recalled: true }, '消息已撤回'],
  ['that it is further back', null, '更早的消息'],
])('a quote says %s', (_, given, said) => {
  expect(quoteText(texts, given)).toBe(said)
})
