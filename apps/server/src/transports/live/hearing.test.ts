import { CHAT_CALLS, EVENTS, type Happening, SUPPORT_CALLS } from '@parley/contracts'
import { eventExamples } from '@parley/contracts/examples'
import { describe, expect, it } from 'vitest'
import { hearingAtFirst } from './hearing.ts'

const join = SUPPORT_CALLS.find(call => call.event === 'join_session')!
const userJoin = CHAT_CALLS.find(call => call.event === 'user:join')!
const sync = CHAT_CALLS.find(call => call.event === 'session:sync')!
const names = (hearing: ReturnType<typeof hearingAtFirst>, name: (typeof EVENTS)[number]['name']) =>
  hearing.as(name).map(({ event }) => event)

type Counted = Extract<Happening, { data: { change: number } }>
/** One of each, written by whoever reads it or by somebody else. */
const happenings = (userId: string): Counted[] => {
  const { message } = eventExamples['message.created']
  const senderId = userId === 'the sender' ? userId : 'the sender'
  return EVENTS.map(({ name }) =>
    name === 'message.created'
      ? { name, data: { ...eventExamples[name], message: { ...message, senderId } } }
      : { name, data: eventExamples[name] },
  ).filter((made): made is Counted => 'change' in made.data)
}

describe('what a connection hears', () => {
  const fresh = hearingAtFirst('support')

  it('hears its home family before it has joined any', () => {
    expect(names(fresh, 'session.assigned')).toEqual(['session_assigned'])
    expect(names(fresh, 'message.created')).toEqual(['new_message'])
  })

  it('hears nothing of another family', () => {
    expect(names(fresh, 'message.read')).toEqual([])
    expect(names(fresh.after(join), 'session.listed')).toEqual([])
  })

  it('hears marks and lists once it has synced, by the names of its family where that has one', () => {
    const synced = fresh.after(sync)
    expect(names(synced, 'message.read')).toEqual(['message:read'])
    expect(names(synced, 'message.created')).toEqual(['new_message'])
  })

  it('is of every family whose join was used, and of the names that they share once', () => {
    const both = fresh.after(userJoin).after(join)
    expect(names(both, 'message.created').sort()).toEqual(['message:receive', 'message:sent', 'new_message'])
    expect(names(both, 'typing.changed').sort()).toEqual(['typing:start', 'typing:stop', 'user_typing'])
    expect(names(both, 'participants.changed')).toEqual(['participants:changed'])
    expect(names(fresh.after(userJoin), 'session.assigned')).toEqual([])
  })

  it('stays that of /ws there, whatever else it joins', () => {
    const onWs = hearingAtFirst('friends').after(userJoin)
    expect(names(onWs, 'message.read').sort()).toEqual(['message:read', 'message_read'])
    expect(names(onWs, 'presence.changed')).toEqual(['user:status'])
  })

  describe.each(['the sender', 'another'])('to %s', userId => {
    it.each(EVENTS.filter(event => event.counted).map(event => event.name))(
      'has no hole in its numbers, and nothing twice: %s',
      name => {
        const happening = happenings(userId).find(made => made.name === name)!
        for (const home of ['support', 'chat', 'friends'] as const) {
          const heard = hearingAtFirst(home)
            .after(sync)
            .as(name)
            .filter(({ hears }) => hears?.(happening, userId) ?? true)
          expect(heard).toHaveLength(1)
          expect(heard[0]?.payload(happening)).toHaveProperty('change', happening.data.change)
        }
      },
    )
  })

  it('is one for all that have asked for the same, so that a connection costs nothing', () => {
    expect(fresh.after(join).after(sync)).toBe(hearingAtFirst('support').after(sync).after(join))
  })
})
