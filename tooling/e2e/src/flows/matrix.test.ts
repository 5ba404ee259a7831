import type { NewMessage, WireMessage, WireSession } from '@parley/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Ear, useEars } from '../support/ear.ts'
import { type Frames, useFrames } from '../support/frames.ts'
import { ask } from '../support/http.ts'
import { type Identity, newAgent, newUser, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

/** What every door must say alike of one message. */
interface Seen {
  readonly id: string
  readonly seq: number
  readonly change: number
  readonly text: string
}

const ofWire = ({ id, seq, change, content }: WireMessage): Seen => ({ id, seq, change, text: content })
const ofNew = ({ id, seq, change, message }: NewMessage): Seen => ({ id, seq, change, text: message })
const told = (heard: { message: WireMessage; change: number }): Seen => ({
  ...ofWire(heard.message),
  change: heard.change,
})

interface Listener {
  readonly name: string
  heard(sessionId: string): Seen[]
}

const byFamily = (name: string, ear: Ear): Record<'support' | 'chat', Listener> => ({
  support: {
    name: `${name}, support`,
    heard: id =>
      ear
        .all('new_message')
        .filter(({ sessionId }) => sessionId === id)
        .map(ofNew),
  },
  chat: {
    name: `${name}, chat`,
    heard: id =>
      [...ear.all('message:sent'), ...ear.all('message:receive')]
        .filter(({ message }) => message.sessionId === id)
        .map(told),
  },
})

type Told = { readonly message: WireMessage; readonly change: number }
const friends = (name: string, frames: Frames): Listener => ({
  name: `${name}, friends`,
  heard: id =>
    frames.heard
      .filter(({ type }) => type === 'new_message' || type === 'message_sent')
      .map(({ data }) => data as unknown as Told)
      .filter(({ message }) => message.sessionId === id)
      .map(told),
})

interface Scene {
  readonly session: WireSession
  readonly writer: Identity
  readonly reader: Identity
}

describe.skipIf(!HAS_DATABASE)('a message', () => {
  const at = useServer()
  const openEar = useEars(at)
  const openFrames = useFrames(at)
  let scenes: Record<'support' | 'private' | 'group', Scene>
  beforeAll(async () => {
    const { server } = at
    const agent = await newAgent(server, 'ada', 50)
    // Online with its first connection.
    await openEar(agent)
    const [one, two, three, four, five] = await Promise.all(
      ['u1', 'u2', 'u3', 'u4', 'u5'].map(id => newUser(server, id)),
    )
    if (!one || !two || !three || !four || !five) throw new Error('no users')
    const made = async (path: string, body: object) =>
      (await ask<WireSession>(server, `POST /api/chat/sessions/${path}`, { key: true }, body)).body.data
    scenes = {
      support: { session: await startSession(server, one), writer: one, reader: agent },
      private: {
        session: await made('private', { userId1: 'u2', userId2: 'u3' }),
        writer: two,
        reader: three,
      },
      group: {
        session: await made('group', { sessionName: 'Three', participants: ['u4', 'u5', 'u2'] }),
        writer: four,
        reader: five,
      },
    }
  })

  /** Every way that a person has to send a message. */
  function waysOf({ session: { id: sessionId }, writer }: Scene, connections: { ear: Ear; frames: Frames }) {
    const { server } = at
    const { ear, frames } = connections
    return {
      'POST send-message': (message: string) =>
        ask(server, `POST /api/chat/send-message/${sessionId}`, writer, {
          message,
          clientMessageId: message,
        }),
      'POST messages': (content: string) =>
        ask(server, 'POST /api/chat/messages', writer, { sessionId, content, clientMessageId: content }),
      'Socket.IO send_message': (message: string) =>
        ear.call('send_message', { sessionId, message, clientMessageId: message }),
      'Socket.IO message:send': (content: string) =>
        ear.call('message:send', { sessionId, content, clientMessageId: content }),
      '/ws text_message': (content: string) =>
        frames.call('text_message', { sessionId, content, clientMessageId: content }),
    }
  }

  /** A connection of each family for each of the two, one that hears two families, and one that syncs. */
  async function listenersOf({ session: { id: sessionId }, writer, reader }: Scene) {
    const listeners: Listener[] = []
    const forWriter = { ear: await openEar(writer), frames: await openFrames(writer) }
    await forWriter.ear.call('user:join', {})
    await forWriter.ear.call('join_session', { sessionId })
    const both = byFamily('the writer, both on one connection', forWriter.ear)
    // A repeated frame has its answer, `message_sent`, on the connection that sent it: this one has sent nothing.
    listeners.push(both.support, both.chat, friends('the writer', await openFrames(writer)))
    const [support, chat, synced] = [await openEar(reader), await openEar(reader), await openEar(reader)]
    await support.call('join_session', { sessionId })
    await chat.call('user:join', {})
    const { sessions } = await synced.call<{ sessions: Record<string, { upTo: number }> }>('session:sync', {
      sessions: { [sessionId]: 10_000_000 },
    })
    expect(sessions[sessionId]?.upTo).toBeTypeOf('number')
    listeners.push(
      byFamily('the reader', support).support,
      byFamily('the reader', chat).chat,
      { ...byFamily('the reader', synced).support, name: 'the reader, synced' },
      friends('the reader', await openFrames(reader)),
    )
    return { listeners, forWriter }
  }

  /** What every way of catching up has of the session. */
  async function catchUps({ session: { id: sessionId }, reader }: Scene): Promise<Record<string, Seen[]>> {
    const ear = await openEar(reader)
    const listed = await ask<WireMessage[]>(
      at.server,
      `GET /api/chat/messages/${sessionId}?limit=100`,
      reader,
    )
    const joined = await ear.call<{ messages: WireMessage[] }>('join_session', { sessionId })
    const history = await ear.call<{ data: WireMessage[] }>('chat:history', { sessionId, limit: 100 })
    const synced = await ear.call<{
      sessions: Record<string, { messages: WireMessage[]; complete: boolean }>
    }>('session:sync', { sessions: { [sessionId]: 0 }, limit: 500 })
    return {
      'GET messages': listed.body.data.map(ofWire),
      join_session: joined.messages.map(ofWire),
      'chat:history': history.data.map(ofWire),
      'session:sync': synced.sessions[sessionId]?.messages.map(ofWire) ?? [],
    }
  }

  /** Three messages in each way, then five of them again over every door. */
  async function sendAll(ways: ReturnType<typeof waysOf>): Promise<string[]> {
    const rounds = [1, 2, 3].flatMap(round =>
      Object.entries(ways).map(([way, send]) => ({ text: `${way} ${round}`, send })),
    )
    for (const { text, send } of rounds) await send(text)
    // Nothing is stored, nobody hears anything.
    for (const { text } of rounds.slice(0, 5)) await Promise.all(Object.values(ways).map(send => send(text)))
    return rounds.map(({ text }) => text)
  }

  it.each(['support', 'private', 'group'] as const)(
    'in a %s session: sent in any of five ways, heard once by all families, in order, and caught up alike',
    async kind => {
      const scene = scenes[kind]
      const { session, writer } = scene
      const { listeners, forWriter } = await listenersOf(scene)
      const texts = await sendAll(waysOf(scene, forWriter))
      const { body } = await ask<WireMessage[]>(
        at.server,
        `GET /api/chat/messages/${session.id}?limit=100`,
        writer,
      )
      const stored = body.data.map(ofWire)
      expect(stored.map(({ text, seq }) => [text, seq])).toEqual(
        texts.map((text, place) => [text, place + 1]),
      )
      for (const { name, heard } of listeners)
        await expect.poll(() => heard(session.id), { message: name, timeout: 10_000 }).toEqual(stored)
      for (const [way, seen] of Object.entries(await catchUps(scene))) expect(seen, way).toEqual(stored)
      for (const { name, heard } of listeners)
        expect(heard(session.id), `${name}, in the end`).toEqual(stored)
    },
  )

  it('that nobody was there for comes to each family on its next connection, once', async () => {
    const { server } = at
    const [one, two] = [await newUser(server, 'away-1'), await newUser(server, 'away-2')]
    const { body } = await ask<WireSession>(
      server,
      'POST /api/chat/sessions/private',
      { key: true },
      { userId1: one.userId, userId2: two.userId },
    )
    const scene = { session: body.data, writer: one, reader: two }
    const connections = { ear: await openEar(one), frames: await openFrames(one) }
    for (const [way, send] of Object.entries(waysOf(scene, connections))) await send(way)
    const frames = await openFrames(two)
    const { heard } = friends('the reader', frames)
    await frames.until(() => heard(body.data.id).length === 5, 'five messages')
    for (const [way, seen] of Object.entries(await catchUps(scene)))
      expect(seen, way).toEqual(heard(body.data.id))
  })

  it('with one clientMessageId, twenty times over different doors at once, is one', async () => {
    const scene = scenes.private
    const connections = { ear: await openEar(scene.writer), frames: await openFrames(scene.writer) }
    const ways = Object.values(waysOf(scene, connections))
    await Promise.all(Array.from({ length: 20 }, (_, n) => ways[n % ways.length]?.('once')))
    const { body } = await ask<WireMessage[]>(
      at.server,
      `GET /api/chat/messages/${scene.session.id}?limit=100`,
      scene.reader,
    )
    expect(body.data.filter(({ content }) => content === 'once')).toHaveLength(1)
    expect(body.data.map(({ seq }) => seq)).toEqual(body.data.map((_, place) => place + 1))
  })
})
