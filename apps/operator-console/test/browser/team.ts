import type { Session } from '@parley/contracts'
import type { StoredMessage, TimelineMessage } from '@parley/sdk'
import {
  ada,
  chat,
  file,
  groupSession,
  message,
  participant,
  privateSession,
  sessionSnapshot,
  stored,
  user,
} from '../entities.ts'
import { type FakeClient, pageOf } from '../fake-client.ts'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const BEN = { id: 'ben', name: 'Ben Turner', avatar: null }
const CHEN = { id: 'chen', name: '陈静', avatar: null }
const LONG = { id: 'bart', name: 'Bartholomew Featherstonehaugh-Cholmondeley', avatar: null }

const from = (senderId: string, seq: number, some: Partial<StoredMessage> = {}): StoredMessage => {
  const mine = senderId === ada.id
  return stored(seq, {
    senderId,
    senderType: 'operator',
    mine,
    state: mine ? 'read' : 'received',
    createdAt: ago((60 - seq) * 3),
    ...some,
  })
}

const asked = from('ben', 2, { text: 'Can somebody take the queue from three to five?' })
const TALK: readonly TimelineMessage[] = [
  from('chen', 1, {
    text: '你好，早上的交接已经写好了。',
    reactions: { '👍': ['ada', 'ben'], '❤️': ['ben'] },
  }),
  asked,
  from('ben', 3, { text: 'I have the dentist.', reactions: { '😢': ['chen'] } }),
  from('ada', 4, { text: 'I will.', replyTo: 'm2', quote: asked, state: 'delivered' }),
  from('bart', 5, {
    type: 'image',
    text: 'The plan for next week',
    file: file({
      url: '/favicon.svg',
      thumbnailUrl: '/favicon.svg',
      name: 'plan.svg',
      mimeType: 'image/svg+xml',
      width: 640,
      height: 400,
    }),
  }),
  from('chen', 6, { text: '', type: 'file', file: file({ name: 'Averyveryverylongnameofafile'.repeat(3) }) }),
  from('chen', 7, { text: '', recalled: true }),
  from('ben', 8, { text: 'From the other group', forwardedFrom: 'x', replyTo: 'far' }),
  from('ben', 9, {
    text: '',
    type: 'voice',
    file: file({ url: '/favicon.svg', name: 'voice.ogg', mimeType: 'audio/ogg', durationMs: 4000 }),
  }),
  from('ada', 10, { text: 'x'.repeat(300), state: 'sent', createdAt: ago(1) }),
  {
    ...unsent('c1'),
    type: 'file',
    text: 'On its way',
    file: file({ url: '' }),
    state: 'waiting',
    uploading: { blob: new Blob(), loaded: 42, total: 100 },
  },
  {
    ...unsent('c2'),
    type: 'file',
    text: '',
    file: file({ url: '', name: 'film.mp4', size: 99_999_999 }),
    state: 'failed',
    code: 'payload_too_large',
    uploading: { blob: new Blob(), loaded: 0, total: 100 },
  },
]

function unsent(key: string) {
  return {
    key,
    clientMessageId: key,
    mine: true,
    senderId: ada.id,
    senderType: 'operator',
    replyTo: null,
    quote: null,
    createdAt: ago(0),
  } as const
}

const PAST = Array.from({ length: 60 }, (_, n) =>
  from(n % 3 === 0 ? 'ada' : 'ben', n + 1, { id: `past${n + 1}`, text: `Long ago, number ${n + 1}` }),
)

/** Chats with everything that they may have to show. */
export function fillTeam(client: FakeClient): void {
  const group = groupSession({
    participants: ['ada', 'ben', 'chen', 'bart'],
    people: [...groupSession().people, LONG],
    unreadCount: 3,
    lastMessage: message({ senderId: 'ben', text: 'I have the dentist.' }),
    lastMessageAt: ago(1),
    lastSeq: 10,
  })
  const direct = privateSession({
    unreadCount: 0,
    lastMessage: message({ senderId: 'ada', text: 'See you tomorrow' }),
    lastMessageAt: ago(90),
  })
  const other = privateSession({
    id: 'p2',
    participants: ['ada', 'bart'],
    people: [LONG],
    lastMessage: message({ senderId: 'bart', text: '', recalled: true }),
    lastMessageAt: ago(3000),
  })
  for (const card of [BEN, CHEN, LONG]) client.card(card)
  client.setPresence('ben', { status: 'online', lastSeen: null })
  client.setPresence('chen', { status: 'away', lastSeen: null })
  client.setPresence('bart', { status: 'offline', lastSeen: ago(200) })
  const chats = [chat(group), chat(direct), chat(other)]
  client.chats.set({ chats, unreadCount: 3, hasMore: false, loading: false, error: null })
  fillGroup(client, group)
  fillOthers(client, direct, other)
  client.people = [
    user({ id: 'ben', realName: 'Ben Turner' }),
    user({ id: 'chen', realName: '陈静', role: 'doctor', status: 'away' }),
    user({ id: 'bart', realName: LONG.name, status: 'offline' }),
    user({ id: 'lin', realName: 'Lin Wei', role: 'user', status: 'offline' }),
  ]
  client.found.set({
    ...pageOf([
      message({ id: 'f1', sessionId: 'g1', seq: 3, senderId: 'ben', text: 'I have the dentist.' }),
      message({ id: 'f2', sessionId: 'g1', seq: 31, senderId: 'chen', text: `${'far '.repeat(60)}dentist` }),
    ]),
    total: 1000,
    hasMore: true,
  })
}

function fillGroup(client: FakeClient, group: Session): void {
  const handle = client.session(group.id)
  handle.snapshot.set(
    sessionSnapshot({
      id: group.id,
      session: group,
      messages: TALK,
      hasOlder: false,
      unreadFrom: 9,
      unreadCount: 2,
      typing: [
        { userId: 'ben', userType: 'operator' },
        { userId: 'chen', userType: 'operator' },
      ],
    }),
  )
  handle.readers = {
    readers: [
      { userId: 'ben', at: ago(2) },
      { userId: 'chen', at: null },
    ],
    count: 3,
  }
  handle.people.set({
    ...pageOf([
      participant({ id: 'ada', realName: 'Ada Okafor' }, 'owner'),
      participant({ id: 'ben', realName: 'Ben Turner' }),
      participant({ id: 'chen', realName: '陈静' }),
      participant({ id: 'bart', realName: LONG.name }),
    ]),
    total: 60,
    hasMore: true,
  })
  handle.past.set({
    messages: PAST,
    hasOlder: true,
    hasNewer: true,
    loading: false,
    loadingOlder: false,
    loadingNewer: false,
    error: null,
  })
}

function fillOthers(client: FakeClient, direct: Session, other: Session): void {
  const said = [
    from('ben', 1, { text: 'Are you in tomorrow?', createdAt: ago(95) }),
    from('ada', 2, { text: 'See you tomorrow', createdAt: ago(90), reactions: { '👍': ['ben'] } }),
  ]
  client.session(direct.id).snapshot.set(sessionSnapshot({ id: direct.id, session: direct, messages: said }))
  client.session(other.id).snapshot.set(sessionSnapshot({ id: other.id, session: other }))
  client
    .session('left')
    .snapshot.set(sessionSnapshot({ id: 'left', session: groupSession({ id: 'left' }), closed: 'removed' }))
}
