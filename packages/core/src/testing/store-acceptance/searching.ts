import type { Message } from '@parley/contracts'
import type { FoundPlace, SearchQuery } from '../../ports/store/search-store.ts'
import { wordsOf } from '../../search/words.ts'
import { equal } from './check.ts'
import { accept, type Scene } from './scene.ts'

type More = Partial<Omit<SearchQuery, 'userId' | 'words'>>

const find = (scene: Scene, userId: string, keyword: string, more: More = {}) =>
  scene.store.searchMessages({
    userId,
    words: wordsOf(keyword),
    knownTo: null,
    sessionId: null,
    before: null,
    skip: 0,
    limit: 20,
    ...more,
  })

const texts = async (scene: Scene, userId: string, keyword: string, more: More = {}): Promise<string[]> =>
  (await find(scene, userId, keyword, more)).items.map(({ text }) => text)

const placeOf = ({ createdAt, sessionId, seq }: Message): FoundPlace => ({ createdAt, sessionId, seq })

/** In a group of two, one text after the other. */
async function told(scene: Scene, ...said: string[]): Promise<string> {
  const talk = await scene.talk('group', 'a', 'b')
  for (const text of said) await scene.say(talk, 'a', { text })
  return talk
}

const recall = (scene: Scene, { id, senderId }: Message) =>
  scene.store.recall({ messageId: id, senderId, withinMs: null, byId: senderId, audit: null })

export const searching = [
  accept('[Q2] words and parts of words, whatever their case and script, newest first', async scene => {
    await told(scene, 'Where is my Order?', '我的订单在哪里', 'ＯＲＤＥＲ №5 订单', 'Straße, ΟΔΟΣ', 'nothing')
    const found = (keyword: string) => texts(scene, 'b', keyword)
    equal(await found('order'), ['ＯＲＤＥＲ №5 订单', 'Where is my Order?'], 'a word')
    equal(await found('RDE'), ['ＯＲＤＥＲ №5 订单', 'Where is my Order?'], 'a part of a word')
    equal(await found('er'), ['ＯＲＤＥＲ №5 订单', 'Where is my Order?'], 'two letters')
    equal(await found('?'), ['Where is my Order?'], 'a sign')
    equal(await found('订单'), ['ＯＲＤＥＲ №5 订单', '我的订单在哪里'], 'two characters')
    equal(await found('里'), ['我的订单在哪里'], 'one character')
    equal(await found('no5'), ['ＯＲＤＥＲ №5 订单'], 'a sign that stands for letters')
    equal(await found('STRASSE'), ['Straße, ΟΔΟΣ'], 'a sharp s')
    equal(await found('οδοσ'), ['Straße, ΟΔΟΣ'], 'a sigma')
    equal(await found('单订'), [], 'what is not there')
  }),

  accept('[Q3] several words: all of them, in any order, anywhere in the message', async scene => {
    await told(scene, 'red apple pie', 'apple tart', 'a pie of red apples', 'red')
    equal(await texts(scene, 'a', ' apple  RED '), ['a pie of red apples', 'red apple pie'], 'two words')
    equal(await texts(scene, 'a', 'red\u3000apple'), ['a pie of red apples', 'red apple pie'], 'a wide space')
    equal(await texts(scene, 'a', 'redapple'), [], 'not across the space between')
  }),

  accept('[Q2] what would be a wildcard or an operator elsewhere is a character', async scene => {
    await told(
      scene,
      '100% sure',
      '100 sure',
      'snake_case',
      'snakeXcase',
      'back\\slash',
      "it's & | ! :* (x) <->",
    )
    equal(await texts(scene, 'a', '100%'), ['100% sure'], 'a percent sign')
    equal(await texts(scene, 'a', '%'), ['100% sure'], 'it alone')
    equal(await texts(scene, 'a', 'e_c'), ['snake_case'], 'an underscore')
    equal(await texts(scene, 'a', 'k\\s'), ['back\\slash'], 'a backslash')
    equal(await texts(scene, 'a', '\\'), ['back\\slash'], 'it alone')
    for (const keyword of ["t's", "'", '&', '|', ':*', '(x)', '<->', "it's & | ! :*"]) {
      equal(await texts(scene, 'a', keyword), ["it's & | ! :* (x) <->"], keyword)
    }
  }),

  accept('[Q4][Q10] in the sessions of the person, as far as it sees them now', async scene => {
    for (const id of ['a', 'late', 'gone']) await scene.under.addPerson({ id, role: 'user' })
    const parts = [{ userId: 'a' }, { userId: 'late', visibleAfterSeq: 1 }]
    await scene.under.addTalk({ id: 'talk', type: 'group', parts })
    await scene.say('talk', 'a', { text: 'needle before' })
    await scene.say('talk', 'a', { text: 'needle after' })
    const support = await scene.conversation('visitor', 'ann')
    await scene.say(support, 'visitor', { text: 'needle of a visitor' })
    equal(await texts(scene, 'a', 'needle'), ['needle after', 'needle before'], 'one who sees all')
    equal(await texts(scene, 'late', 'needle'), ['needle after'], 'one who came later')
    equal(await texts(scene, 'gone', 'needle'), [], 'a stranger')
    equal(await texts(scene, 'ann', 'needle'), ['needle of a visitor'], 'the operator')
    await scene.operator('bob')
    await scene.assign(support, 'bob')
    equal(await texts(scene, 'ann', 'needle'), [], 'the operator who has left')
    equal(await texts(scene, 'visitor', 'needle'), ['needle of a visitor'], 'the visitor')
    equal(await texts(scene, 'a', 'needle', { sessionId: support }), [], 'a session of others')
    await scene.say(await scene.talk('group', 'a', 'b'), 'b', { text: 'another needle' })
    equal(
      await texts(scene, 'a', 'needle', { sessionId: 'talk' }),
      ['needle after', 'needle before'],
      'in one session',
    )
  }),

  accept('[Q5] what a member of staff may know too', async scene => {
    await scene.under.addPerson({ id: 'nurse', role: 'nurse' })
    const support = await scene.conversation('visitor', 'ann')
    await scene.say(support, 'visitor', { text: 'needle of support' })
    await scene.say(await scene.talk('private', 'visitor', 'friend'), 'friend', { text: 'needle of friends' })
    const parts = [{ userId: 'visitor' }, { userId: 'nurse', visibleAfterSeq: 1 }]
    await scene.under.addTalk({ id: 'shared', type: 'group', parts })
    await scene.say('shared', 'visitor', { text: 'needle before' })
    await scene.say('shared', 'visitor', { text: 'needle after' })
    equal((await texts(scene, 'visitor', 'needle')).length, 4, 'to the person')
    equal(
      await texts(scene, 'visitor', 'needle', { knownTo: 'nurse' }),
      ['needle after', 'needle of support'],
      'to the nurse',
    )
    equal(
      await texts(scene, 'visitor', 'needle', { knownTo: 'ann' }),
      ['needle of support'],
      'to the operator',
    )
  }),

  accept('[Q6][Q10] recalled text is found no more', async scene => {
    const talk = await told(scene, 'a needle')
    const second = await scene.say(talk, 'b', { text: 'another needle' })
    await recall(scene, second)
    equal(await find(scene, 'a', 'another'), { items: [], total: 0 }, 'the one')
    equal(await texts(scene, 'a', 'needle'), ['a needle'], 'the other')
    const place = placeOf(second)
    equal(await texts(scene, 'a', 'needle', { before: place }), ['a needle'], 'from the recalled one on')
  }),

  accept('[Q6][Q9] what was written a moment ago in many sessions, whoever asks first', async scene => {
    const talks = ['one', 'two', 'three']
    await scene.under.addPerson({ id: 'a', role: 'user' })
    for (const id of talks) await scene.under.addTalk({ id, type: 'group', parts: [{ userId: 'a' }] })
    for (let round = 1; round <= 3; round += 1) {
      await Promise.all(talks.map(id => scene.say(id, 'a', { text: `needle ${round} of ${id}` })))
      equal((await find(scene, 'a', 'needle')).total, 3 * round, `after round ${round}`)
    }
    equal((await texts(scene, 'a', '2 two needle')).length, 1, 'one of them')
  }),

  accept('[Q6] a message that was touched but not recalled is still found once', async scene => {
    const talk = await told(scene, 'a needle')
    const [message] = await scene.messages(talk)
    await scene.store.react({ messageId: message?.id ?? '', userId: 'b', emoji: '👍' })
    equal(await texts(scene, 'a', 'needle'), ['a needle'], 'the message')
  }),

  accept('[Q7] pages from a message on stay as they are while new ones come', async scene => {
    const talk = await scene.talk('group', 'a', 'b')
    for (let n = 1; n <= 7; n += 1) await scene.say(talk, 'a', { text: `needle ${n}` })
    const first = await find(scene, 'a', 'needle', { limit: 3 })
    equal([first.items.map(({ seq }) => seq), first.total], [[7, 6, 5], 7], 'the first page')
    await scene.say(talk, 'b', { text: 'needle 8' })
    const last = first.items.at(-1)
    const before = last ? placeOf(last) : null
    const second = await find(scene, 'a', 'needle', { limit: 3, before })
    equal([second.items.map(({ seq }) => seq), second.total], [[4, 3, 2], 4], 'the second page')
    const third = await find(scene, 'a', 'needle', { limit: 3, before, skip: 3 })
    equal([third.items.map(({ seq }) => seq), third.total], [[1], 4], 'the third, by its number')
    equal((await find(scene, 'a', 'needle', { limit: 3, skip: 3 })).items.length, 3, 'a page by its number')
  }),

  accept('[Q7] of one millisecond, each is on one page', async scene => {
    for (const id of ['x', 'y', 'z']) {
      await scene.under.addPerson({ id: 'a', role: 'user' })
      await scene.under.addTalk({ id, type: 'group', parts: [{ userId: 'a' }] })
    }
    const append = (id: string) => scene.say(id, 'a', { text: 'needle' })
    await Promise.all(['x', 'y', 'z', 'x', 'z', 'x'].map(append))
    const found: string[] = []
    let before: FoundPlace | null = null
    for (let pages = 1; pages <= 7; pages += 1) {
      const [message]: Message[] = (await find(scene, 'a', 'needle', { limit: 1, before })).items
      if (!message) break
      found.push(`${message.sessionId} ${message.seq}`)
      before = placeOf(message)
    }
    equal(found.sort(), ['x 1', 'x 2', 'x 3', 'y 1', 'z 1', 'z 2'], 'all of them')
  }),

  accept('[Q8] counts to 1,000, and pages reach as far', async scene => {
    const talk = await scene.talk('group', 'a', 'b')
    const said = Array.from({ length: 1005 }, (_, n) => scene.say(talk, 'a', { text: `needle ${n + 1}` }))
    await Promise.all(said)
    const page = await find(scene, 'a', 'needle', { skip: 995, limit: 10 })
    equal([page.items.map(({ seq }) => seq), page.total], [[10, 9, 8, 7, 6], 1000], 'the last page')
    equal((await find(scene, 'a', 'needle', { skip: 1000 })).items, [], 'beyond')
    const [last] = page.items.slice(-1)
    const rest = await find(scene, 'a', 'needle', { before: last ? placeOf(last) : null })
    equal([rest.items.map(({ seq }) => seq), rest.total], [[5, 4, 3, 2, 1], 5], 'what is before the last')
  }),

  accept('[Q4] a whole message, as it stands for all', async scene => {
    const talk = await told(scene, 'a needle')
    await scene.read(talk, 'b', 1)
    equal((await find(scene, 'b', 'needle')).items, await scene.messages(talk), 'the message')
  }),
]
