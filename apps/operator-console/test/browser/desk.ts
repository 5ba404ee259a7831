import type { Session } from '@parley/contracts'
import { ParleyError, type StoredMessage, type TimelineMessage } from '@parley/sdk'
import { ada, message, operator, session, sessionSnapshot, stored, waiting } from '../entities.ts'
import type { FakeClient } from '../fake-client.ts'

const NAMES = ['Lin Wei', '王小明', null, 'Bartholomew Featherstonehaugh-Cholmondeley', 'محمد', 'Zoë']
const TEXTS = [
  'Hi, how can I help you?',
  'My order #4711 has not arrived. The page says `IN_TRANSIT` since Monday.',
  'Here is the link: https://shop.example/orders/4711?ref=mail. Can you look?',
  'שלום, אני צריך עזרה עם ההזמנה שלי',
  '你好，请问这个订单什么时候能到？',
  'Averyveryverylongwordwithoutanyspaces'.repeat(4),
  'First line\nSecond line\n\nFourth line',
  'x'.repeat(1000),
]
const PAGE = 50
const FIRST = 201

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

function written(seq: number): StoredMessage {
  const mine = seq % 3 === 0
  return stored(seq, {
    text: `${seq}: ${TEXTS[seq % TEXTS.length]}`,
    mine,
    senderId: mine ? ada.id : 'lin',
    senderType: mine ? 'operator' : 'user',
    state: mine ? 'read' : 'received',
    createdAt: ago((260 - seq) * 9),
  })
}
const writtenFrom = (first: number, end: number) =>
  Array.from({ length: end - first }, (_, n) => written(first + n))

const unsent = {
  mine: true,
  clientMessageId: 'c1',
  senderId: ada.id,
  senderType: 'operator',
  type: 'text',
  file: null,
  replyTo: null,
  quote: null,
  uploading: null,
} as const

/** Everything a screen may have to show, and a timeline of 250 messages that is loaded page by page. */
export function fill(client: FakeClient) {
  const mine = [
    session({
      unreadCount: 2,
      metadata: { page: '/pricing' },
      lastMessage: message({ text: 'Order #4711 has not arrived' }),
      lastMessageAt: ago(1),
    }),
    session({ id: 's2', userId: 'wang', userName: '王小明', lastMessageAt: ago(6) }),
  ]
  const queue = NAMES.map((userName, n) =>
    waiting({
      id: `q${n}`,
      userId: `u${n}abcd`,
      userName,
      queuePosition: n + 1,
      waitingSince: ago(n * 3 + 1),
    }),
  )
  const others = session({
    id: 'o1',
    userName: 'Grace',
    operatorId: 'ben',
    operator: { id: 'ben', name: 'Ben Turner', avatar: null },
    lastMessageAt: ago(100),
  })
  const ended = session({
    id: 'e1',
    status: 'ended',
    endedAt: ago(2000),
    endedBy: 'lin',
    endReason: 'solved',
  })

  const list = (sessions: Session[]) => ({ sessions, total: sessions.length, loading: false, error: null })
  client.lists.mine.set(list(mine))
  client.lists.queue.set(list(queue))
  client.lists.active.set({ ...list([...queue, ...mine, others]), total: 120 })
  client.team.set({
    operators: [
      operator({ activeSessions: 2, lastAssignedAt: ago(3) }),
      operator({ id: 'ben', name: 'Ben Turner', activeSessions: 1, maxUsers: 3 }),
      operator({ id: 'chen', name: '陈静', status: 'busy', activeSessions: 2, maxUsers: 4 }),
      operator({
        id: 'eve',
        name: 'Eve Long-Name-Of-Forty-Characters-In-All',
        status: 'offline',
        isActive: false,
      }),
    ],
    loading: false,
    error: null,
  })
  for (const one of [...queue, others, ended, ...mine.slice(1)]) {
    client
      .session(one.id)
      .snapshot.set(sessionSnapshot({ id: one.id, session: one, messages: writtenFrom(1, 4) }))
  }
  answer(client, ended)
  return { timeline: fillTimeline(client, mine[0] ?? session()) }
}

function fillTimeline(client: FakeClient, shown: Session) {
  const handle = client.session(shown.id)
  let oldest = FIRST
  const failed: TimelineMessage = {
    ...unsent,
    key: 'failed',
    state: 'failed',
    code: 'unavailable',
    text: 'Not through',
    createdAt: ago(1),
  }
  const set = (some: Partial<ReturnType<typeof sessionSnapshot>>) =>
    handle.snapshot.set({ ...handle.getSnapshot(), ...some })
  set({
    session: shown,
    messages: [...writtenFrom(FIRST, FIRST + PAGE), failed],
    hasOlder: true,
    unreadFrom: FIRST + PAGE - 2,
    unreadCount: 2,
  })
  handle.loadOlder = async () => {
    set({ loadingOlder: true })
    await new Promise(resolve => requestAnimationFrame(resolve))
    const first = Math.max(1, oldest - PAGE)
    const older = writtenFrom(first, oldest)
    oldest = first
    set({ loadingOlder: false, hasOlder: first > 1, messages: [...older, ...handle.getSnapshot().messages] })
  }
  const append = (...messages: TimelineMessage[]) =>
    set({ messages: [...handle.getSnapshot().messages, ...messages] })
  handle.send = text => {
    append({ ...unsent, key: `sent ${text}`, state: 'waiting', text, createdAt: ago(0) })
    return 'c1'
  }
  return { handle, receive: (seq: number, text: string) => append(stored(seq, { text, createdAt: ago(0) })) }
}

function answer(client: FakeClient, ended: Session): void {
  client.answer({
    'site.widget': () => ({
      siteId: 'default',
      name: 'Shop',
      accent: '#0b6bcb',
      corner: 'right',
      online: true,
      messageMaxLength: 1000,
    }),
    'site.get': () => ({
      name: 'Shop',
      strategy: 'least-busy',
      allowedOrigins: ['https://www.example.com'],
      accent: '#0b6bcb',
      corner: 'right',
    }),
    'site.rotate-identity-secret': () => ({ identitySecret: 'b1946ac92492d2347c6235b4d2611184'.repeat(2) }),
    'api-key.list': () => [
      { id: 'k1', name: 'Order system', prefix: 'pk_8f2a', createdAt: ago(50_000), lastUsedAt: ago(4) },
    ],
    'api-key.create': () => ({
      id: 'k2',
      name: 'New',
      prefix: 'pk_9',
      createdAt: ago(0),
      lastUsedAt: null,
      key: 'pk_9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    }),
    'session.history': () => ({
      items: [ended],
      pagination: { page: 1, limit: 50, total: 60, totalPages: 2 },
    }),
    'session.end': () => ended,
    'console.sign-in': () => {
      throw new ParleyError('rate_limited', { retryAfterMs: 30_000 })
    },
  })
}
