import { CHAT_CALLS, EVENTS, SUPPORT_CALLS } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { hearingAtFirst } from './hearing.ts'

const join = SUPPORT_CALLS.find(call => call.event === 'join_session')!
const sync = CHAT_CALLS.find(call => call.event === 'session:sync')!
const names = (hearing: ReturnType<typeof hearingAtFirst>, name: (typeof EVENTS)[number]['name']) =>
  hearing.as(name).map(({ event }) => event)

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

  it.each(EVENTS.filter(event => event.counted).map(event => event.name))(
    'has no hole in its numbers: %s',
    name => {
      for (const home of ['support', 'chat'] as const) {
        expect(hearingAtFirst(home).after(sync).as(name)).toHaveLength(1)
      }
    },
  )

  it('is one for all that have asked for the same, so that a connection costs nothing', () => {
    expect(fresh.after(join).after(sync)).toBe(hearingAtFirst('support').after(sync).after(join))
  })
})
