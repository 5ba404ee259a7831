import type { Message } from '@parley/contracts'
import type { ParleyEvents, SessionHandle, TimelineMessage, VisitorClient } from '@parley/sdk'
import { expect, test } from 'vitest'
import { createStore } from '../../app/store.ts'
import type { PageState, ToHost } from '../../bridge/protocol.ts'
import { reportToPage } from './report.ts'

const message = (id: string, recalled = false) =>
  ({ id, seq: 1, text: recalled ? '' : id, senderType: 'operator', recalled }) as unknown as TimelineMessage

/** A session of an operator's messages, as the page hears of it while the panel is closed. */
function scene() {
  const told: ToHost[] = []
  const listeners: ((data: ParleyEvents['message']) => void)[] = []
  const session = createStore({ messages: [] as TimelineMessage[], unreadCount: 0 })
  const client = {
    on: (event: string, listener: () => void) => {
      if (event === 'message') listeners.push(listener)
    },
  } as unknown as VisitorClient
  reportToPage({
    client,
    shown: createStore(session as unknown as SessionHandle),
    page: createStore({ open: false } as PageState),
    tell: one => void told.push(one),
  })
  return {
    told,
    show: (unreadCount: number, ...messages: TimelineMessage[]) => session.set({ messages, unreadCount }),
    hears(id: string) {
      const data = { message: message(id) as unknown as Message, session: null, live: true }
      for (const listener of listeners) listener(data)
    },
  }
}

test('a page is told what was taken back of what it was told, once', () => {
  const { told, show, hears } = scene()
  show(0, message('before', true))
  hears('slip')
  show(1, message('before', true), message('slip'))
  expect(told).toEqual([
    ['event', 'message', { id: 'slip', text: 'slip', senderType: 'operator' }],
    ['event', 'unread', { count: 1 }],
  ])
  told.length = 0
  show(0, message('before', true), message('slip', true))
  show(0, message('before', true), message('slip', true))
  expect(told).toEqual([
    ['event', 'unread', { count: 0 }],
    ['event', 'recalled', { id: 'slip' }],
  ])
})
