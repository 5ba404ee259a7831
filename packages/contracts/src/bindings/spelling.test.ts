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
  toWireMessage,
  toWireOperator,
  toWireSession,
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
    replyTo: orNull(text),
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
          receiverId: null,
          forwardedFrom: null,
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
