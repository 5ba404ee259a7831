import type { Session } from '@parley/contracts'
import type { InboxEntry } from '../../ports/store/session-store.ts'
import { addUsers, change, changed, friendsWithSession, group, recall, sessionIdsOf } from './chat.ts'
import { equal, matches, oneTo } from './check.ts'
import { accept, type Scene } from './scene.ts'

const everything = { kind: 'after', sessionId: null, limit: 100 } as const
const entries = async (scene: Scene, userId: string) =>
  new Map((await scene.store.inbox(userId, everything)).map(entry => [entry.sessionId, entry]))
const ids = (found: readonly InboxEntry[]) => found.map(({ sessionId }) => sessionId)

/** 0 … below, the same in each run. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What the figures of a person must be, from the messages themselves. */
async function counted(scene: Scene, userId: string) {
  const sessionIds = await sessionIdsOf(scene, userId)
  const figures = { totalSessions: sessionIds.length, totalMessages: 0, sentMessages: 0, receivedMessages: 0 }
  const unread = new Map<string, number>()
  for (const sessionId of sessionIds) {
    const session: Session = await scene.session(sessionId, userId)
    const readSeq = session.marks.find(mark => mark.userId === userId)?.readSeq ?? 0
    const after = (await scene.store.part(sessionId, userId))?.visibleAfterSeq ?? 0
    const seen = (await scene.messages(sessionId)).filter(({ seq }) => seq > after)
    const others = seen.filter(({ senderId }) => senderId !== userId)
    const news = others.filter(({ seq, recalled }) => seq > readSeq && !recalled).length
    equal(session.unreadCount, news, `[M29] unreadCount of ${sessionId} for ${userId}`)
    if (news > 0) unread.set(sessionId, news)
    figures.totalMessages += seen.length
    figures.receivedMessages += others.length
    figures.sentMessages += seen.length - others.length
  }
  const unreadMessages = [...unread.values()].reduce((sum, one) => sum + one, 0)
  return { unread, figures: { ...figures, unreadMessages } }
}

async function checkFigures(scene: Scene, people: readonly string[]): Promise<void> {
  for (const userId of people) {
    const { unread, figures } = await counted(scene, userId)
    const stored = await scene.store.unread(userId)
    equal([...stored].sort(), [...unread].sort(), `[M29] what ${userId} has not read`)
    equal(await scene.store.userStats(userId), figures, `the figures of ${userId}`)
  }
}

export const inboxes = [
  accept('[D17] an inbox has what the person takes part in, by id, in pieces or by name', async scene => {
    const talk = await group(scene, 'a', 'b')
    const pair = await friendsWithSession(scene, 'a', 'c')
    const support = await scene.start('a')
    const other = await group(scene, 'b', 'c')
    const inbox = await scene.store.inbox('a', everything)
    const all = [talk, pair, support].sort()
    equal(ids(inbox), all, 'all')
    const after = (sessionId: string, limit: number) =>
      scene.store.inbox('a', { kind: 'after', sessionId, limit })
    equal(ids(await after(all[0] ?? '', 1)), [all[1]], 'one after the first')
    equal(ids(await after(all[2] ?? '', 9)), [], 'after the last')
    const some = { kind: 'some', sessionIds: [talk, other, 'nothing'] } as const
    equal(ids(await scene.store.inbox('a', some)), [talk], 'some')
    equal(await scene.store.inbox('nobody', everything), [], 'of nobody')
  }),

  accept('[D17][D19] each tells how far it is, and from where the person sees it', async scene => {
    const talk = await group(scene, 'a', 'b')
    await addUsers(scene, 'c')
    for (const _ of oneTo(3)) await scene.say(talk, 'a')
    await scene.delivered(talk, 'b', 1, 2)
    const entry = { sessionId: talk, lastChange: 3, lastSeq: 3, visibleAfterSeq: 0 }
    equal((await entries(scene, 'b')).get(talk), { ...entry, joinedChange: 0, deliveredSeq: 2 }, 'at first')
    await changed(change(scene, talk, 'a').add(['c']))
    await scene.say(talk, 'a')
    const now = { sessionId: talk, lastChange: 5, lastSeq: 4 }
    const joined = { joinedChange: 4, visibleAfterSeq: 3, deliveredSeq: 3 }
    equal((await entries(scene, 'c')).get(talk), { ...now, ...joined }, 'of who came')
    await changed(change(scene, talk, 'b').remove('b'))
    equal((await entries(scene, 'b')).size, 0, 'of who left')
    await changed(change(scene, talk, 'a').add(['b']))
    matches(
      (await entries(scene, 'b')).get(talk),
      { joinedChange: 7, visibleAfterSeq: 4, deliveredSeq: 4 },
      'back',
    )
  }),

  accept('[D17] an ended one is in it as long as it has messages that wait', async scene => {
    const sessionId = await scene.conversation()
    await scene.say(sessionId, 'ann', { senderType: 'operator' })
    await scene.end(sessionId)
    matches((await entries(scene, 'visitor')).get(sessionId), { deliveredSeq: 0, lastSeq: 1 }, 'with one')
    await scene.delivered(sessionId, 'visitor', 1, 1)
    equal((await entries(scene, 'visitor')).size, 0, 'without')
    equal((await entries(scene, 'ann')).size, 0, 'of who has it all')
  }),

  accept('[D18] who came into which session of late, and is still there', async scene => {
    const talk = await group(scene, 'a', 'b')
    await addUsers(scene, 'c', 'd')
    await scene.under.ageBy(60_000)
    const came = async (...userIds: string[]) =>
      (await scene.store.newParts(userIds, 10_000)).map(part => `${part.userId} ${part.sessionId}`).sort()
    equal(await came('a', 'b', 'c'), [], 'long ago')
    await changed(change(scene, talk, 'a').add(['c', 'd']))
    await changed(change(scene, talk, 'd').remove('d'))
    equal(await came('a', 'b', 'c', 'd'), [`c ${talk}`], 'one came and stayed, one left')
    await changed(change(scene, talk, 'a').remove('b'))
    await changed(change(scene, talk, 'a').add(['b']))
    const pair = await friendsWithSession(scene, 'c', 'd')
    equal(
      await came('b', 'c'),
      [`b ${talk}`, `c ${pair}`, `c ${talk}`].sort(),
      'one is back, a private session',
    )
    equal([await came(), await came('nobody')], [[], []], 'nobody')
  }),

  accept('[D18] an operator comes into a support session, and comes back', async scene => {
    await scene.operator('ann')
    await scene.operator('bob')
    const sessionId = await scene.start('visitor')
    await scene.assign(sessionId, 'bob')
    await scene.under.ageBy(60_000)
    await scene.assign(sessionId, 'ann')
    const found = await scene.store.newParts(['ann', 'bob', 'visitor'], 10_000)
    equal(found, [{ sessionId, userId: 'ann' }], 'who came')
  }),

  accept('[S13] a person’s sessions are counted, and only what staff may know of them', async scene => {
    const support = await scene.start('a')
    const talk = await group(scene, 'a', 'b')
    const pair = await friendsWithSession(scene, 'a', 'c')
    await scene.under.addPerson({ id: 'nurse', role: 'nurse' })
    await scene.say(talk, 'b')
    await changed(change(scene, talk, 'a').add(['nurse']))
    const count = (knownTo: string | null) => scene.store.countSessionsOf({ userId: 'a', knownTo })
    equal((await sessionIdsOf(scene, 'a')).sort(), [support, talk, pair].sort(), 'all')
    equal(
      (await sessionIdsOf(scene, 'a', 'nurse')).sort(),
      [support, talk].sort(),
      '[I5] what the nurse may know',
    )
    equal([await count(null), await count('nurse'), await count('stranger')], [3, 2, 1], 'counted')
    const shown = async (knownTo: string | null) => {
      const found = await scene.store.sessionsOf({ userId: 'a', knownTo }, 9, 0)
      const { lastMessage, unreadCount } = found.find(({ id }) => id === talk) ?? {}
      return [lastMessage?.seq ?? null, unreadCount]
    }
    equal(
      [await shown(null), await shown('nurse')],
      [
        [1, 1],
        [null, 1],
      ],
      '[M18] what was said before it came',
    )
    await scene.say(talk, 'b')
    equal(await shown('nurse'), [2, 2], 'what is said then')
  }),

  accept('[M29] what somebody has not read, of all its sessions', async scene => {
    const talk = await group(scene, 'a', 'b')
    const pair = await friendsWithSession(scene, 'a', 'b')
    for (const _ of oneTo(3)) await scene.say(talk, 'b')
    const last = await scene.say(pair, 'b')
    await scene.say(talk, 'bot', { mustTakePart: false, senderType: 'system' })
    const unread = async (userId: string) => Object.fromEntries(await scene.store.unread(userId))
    equal(await unread('a'), { [talk]: 4, [pair]: 1 }, 'at first')
    equal([await unread('b'), await unread('nobody')], [{ [talk]: 1 }, {}], 'of the others')
    await scene.read(talk, 'a', 2)
    await recall(scene, last)
    equal(await unread('a'), { [talk]: 2 }, 'after reading and a recall')
    await scene.say(talk, 'a')
    equal(await unread('a'), {}, '[M12] after writing')
  }),

  accept('the figures of a person', async scene => {
    const talk = await group(scene, 'a', 'b')
    const support = await scene.start('a')
    await scene.say(talk, 'a')
    for (const _ of oneTo(2)) await scene.say(talk, 'b')
    await scene.say(support, 'a')
    await scene.say(support, 'bot', { mustTakePart: false, senderType: 'system' })
    const messages = { totalMessages: 5, sentMessages: 2, receivedMessages: 3, unreadMessages: 3 }
    equal(await scene.store.userStats('a'), { totalSessions: 2, ...messages }, 'it')
    await changed(change(scene, talk, 'a').remove('a'))
    const fewer = { totalMessages: 2, sentMessages: 1, receivedMessages: 1, unreadMessages: 1 }
    equal(await scene.store.userStats('a'), { totalSessions: 1, ...fewer }, 'without what it has left')
    const none = { totalMessages: 0, sentMessages: 0, receivedMessages: 0, unreadMessages: 0 }
    equal(await scene.store.userStats('nobody'), { totalSessions: 0, ...none }, 'of nobody')
  }),

  accept('[I7][M29] the figures go with the session from a visitor to the user', async scene => {
    await scene.under.addPerson({ id: 'v', role: 'visitor' })
    await addUsers(scene, 'u')
    await scene.operator('ann')
    const sessionId = await scene.start('v', { userType: 'visitor' })
    for (const who of ['v', 'ann', 'v', 'ann', 'ann']) await scene.say(sessionId, who)
    await scene.done({ kind: 'identify', visitorId: 'v', userId: 'u', name: null })
    await scene.say(sessionId, 'u')
    await scene.say(sessionId, 'ann')
    await checkFigures(scene, ['v', 'u', 'ann'])
  }),

  accept('[M29] figures and unread counts agree with the messages, whatever has happened', async scene => {
    const people = ['a', 'b', 'c', 'd']
    const talks = [await group(scene, 'a', 'b', 'c'), await friendsWithSession(scene, 'c', 'd')]
    await addUsers(scene, 'd')
    await scene.operator('ann')
    talks.push(await scene.start('a'))
    const roll = dice(7)
    const [lively = ''] = talks
    const pick = <T>(list: readonly T[]): T => {
      const found = list[roll(list.length)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    }
    const steps = [
      (talk: string, who: string) => scene.append(talk, who),
      (talk: string, who: string) => scene.append(talk, who),
      (talk: string) => scene.append(talk, 'bot', { mustTakePart: false, senderType: 'system' }),
      (talk: string, who: string) => scene.read(talk, who, roll(12)),
      async (talk: string) => {
        const messages = await scene.messages(talk)
        if (messages.length > 0) await recall(scene, pick(messages), { senderId: null })
      },
      (_: string, who: string) => change(scene, lively, null).remove(who),
      (_: string, who: string) => change(scene, lively, null).add([who]),
      () => change(scene, lively, null).update({ showsHistory: roll(2) === 0 }),
    ]
    for (const round of oneTo(4)) {
      for (const _ of oneTo(30)) await pick(steps)(pick(talks), pick([...people, 'ann']))
      const moved = oneTo(20).map(() => pick(steps)(pick(talks), pick([...people, 'ann'])))
      await Promise.all(moved)
      await checkFigures(scene, [...people, 'ann'])
      if (round === 2) await scene.end(talks[2] ?? '')
    }
    for (const talk of talks) await scene.changes(talk)
  }),
]
