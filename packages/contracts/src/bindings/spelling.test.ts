import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exampleEntities } from '../examples/index.ts'
import type { Message } from '../message.ts'
import type { Session } from '../session.ts'
import { respell, spelledPath } from './define.ts'
import {
  fromNewMessage,
  fromWireMessage,
  fromWireOperator,
  fromWireSession,
  toNewMessage,
  toWireFriend,
  toWireFriendRequest,
  toWireMessage,
  toWireOperator,
  toWireSession,
  toWireUser,
} from './spelling.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const count = fc.nat()

const file = fc.record({
  url: text,
  name: orNull(text),
  size: orNull(count),
  mimeType: orNull(text),
  width: orNull(count),
  height: orNull(count),
  durationMs: orNull(count),
  thumbnailUrl: orNull(text),
})

const messages: fc.Arbitrary<Message> = fc
  .record({
    text,
    seq: count,
    change: count,
    clientMessageId: orNull(text),
    senderType: fc.constantFrom('user', 'operator', 'system'),
    type: fc.constantFrom('text', 'image', 'file', 'voice', 'system'),
    file: orNull(file),
    status: fc.constantFrom('sent', 'delivered', 'read'),
    readByCount: count,
    receiverId: orNull(text),
    replyTo: orNull(text),
    forwardedFrom: orNull(text),
    recalled: fc.boolean(),
    reactions: fc.dictionary(text, fc.array(text), { maxKeys: 3, noNullPrototype: true }),
  })
  .map(some => ({ ...exampleEntities.message, ...some }))

const sessions: fc.Arbitrary<Session> = fc
  .record({
    userType: orNull(fc.constantFrom('user', 'visitor', 'operator', 'system')),
    operator: orNull(fc.record({ id: text, name: text, avatar: orNull(text) })),
    lastMessage: orNull(messages),
    unreadCount: orNull(count),
    queuePosition: orNull(count),
    participants: fc.array(text),
    people: fc.array(fc.record({ id: text, name: orNull(text), avatar: orNull(text) }), { maxLength: 3 }),
    ownerId: orNull(text),
    showsHistory: fc.boolean(),
    name: orNull(text),
  })
  .map(some => ({ ...exampleEntities.session, ...some }))

describe('the documented spelling', () => {
  it('says all of a message', () => {
    fc.assert(
      fc.property(messages, message => {
        expect(fromWireMessage(toWireMessage(message))).toEqual(message)
      }),
    )
  })

  it('says all of a session', () => {
    fc.assert(
      fc.property(sessions, session => {
        expect(fromWireSession(toWireSession(session))).toEqual(session)
      }),
    )
  })

  it('says all of an operator', () => {
    expect(fromWireOperator(toWireOperator(exampleEntities.operator))).toEqual(exampleEntities.operator)
  })

  it('says all of people, friends and requests, each with its id twice', () => {
    const { user, friend, friendRequest } = exampleEntities
    expect(toWireUser(user)).toEqual({ ...user, _id: user.id })
    expect(toWireFriend(friend)).toEqual({ ...friend, _id: friend.id })
    expect(toWireFriendRequest(friendRequest)).toEqual({
      ...friendRequest,
      _id: friendRequest.id,
      user: toWireUser(friendRequest.user),
    })
  })

  it('says of a new message all that is new', () => {
    fc.assert(
      fc.property(messages, message => {
        const told = {
          ...message,
          status: 'sent',
          readBy: [],
          readByCount: 0,
          reactions: {},
          updatedAt: message.createdAt,
        }
        const heard = fromNewMessage(toNewMessage(message, message.change))
        expect(heard).toEqual({
          ...told,
          replyTo: message.replyTo || null,
          receiverId: message.receiverId || null,
          forwardedFrom: message.forwardedFrom || null,
        })
      }),
    )
  })
})

describe('respell', () => {
  const binding = {
    fields: { message: 'text' },
    values: { userType: { agent: 'operator' } },
    fixed: { isTyping: true },
  }

  it('gives the operation its own words, and what the binding fixes', () => {
    expect(respell({ message: 'Hi', userType: 'agent', other: 1, isTyping: false }, binding)).toEqual({
      text: 'Hi',
      userType: 'operator',
      other: 1,
      isTyping: true,
    })
    expect(respell(undefined, binding)).toEqual({ isTyping: true })
  })

  it.each([['text'], [7], [[1]], [true]])('leaves %j for the schema to refuse', value => {
    expect(respell(value, binding)).toEqual(value)
  })

  it.each([['away'], [''], [7], [false]])('takes the bare %j for the field that it stands for', value => {
    expect(respell(value, { scalar: 'state', fields: { state: 'status' } })).toEqual({ status: value })
    expect(respell(value, { ...binding, scalar: 'message' })).toEqual({ text: value, isTyping: true })
  })

  it('takes an object, a list or nothing as such, also where a bare value may stand', () => {
    const scalar = { scalar: 'status' }
    expect(respell({ status: 'away' }, scalar)).toEqual({ status: 'away' })
    expect(respell(['away'], scalar)).toEqual(['away'])
    expect(respell(null, scalar)).toEqual({})
  })

  it('lets no field change what the object inherits', () => {
    const respelled = respell(JSON.parse('{"__proto__":{"role":"admin"},"a":1}'), binding)
    expect(Object.getPrototypeOf(respelled)).toBe(Object.prototype)
    expect(respelled).not.toHaveProperty('role')
  })

  it('finds the way back for the path of a problem', () => {
    expect(spelledPath('text', binding.fields)).toBe('message')
    expect(spelledPath('sessions.a.b', binding.fields)).toBe('sessions.a.b')
  })
})
