import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Echoes } from './echoes.ts'

let echoes: Echoes
let wire: string[]
beforeEach(() => {
  vi.useFakeTimers()
  echoes = new Echoes()
  wire = []
})
afterEach(() => void vi.useRealTimers())

/** `m1` for the event of a message, `m1#a` with the id of a call, `reply:…` for an answer by itself. */
const own = (messageId: string) =>
  echoes.write(messageId, id => wire.push(id === null ? messageId : `${messageId}#${id}`))
const other = (what: string) => echoes.write(null, () => wire.push(what))
const answer = (messageId: string, id: string) =>
  echoes.end({
    messageId,
    id,
    reply: () => wire.push(`reply:${messageId}#${id}`),
    follow: () => wire.push(`ack#${id}`),
  })
const later = () => vi.advanceTimersByTime(1000)

describe('a sender hears of its message once', () => {
  it('with the id of the call, in the session’s order, and then the acknowledgement', () => {
    echoes.begin()
    other('before')
    own('m1')
    other('after')
    expect(wire).toEqual(['before'])
    answer('m1', 'a')
    expect(wire).toEqual(['before', 'm1#a', 'ack#a', 'after'])
  })

  it('when the answer comes before the event, which keeps its place', () => {
    echoes.begin()
    answer('m1', 'a')
    other('before')
    own('m1')
    expect(wire).toEqual(['before', 'm1#a', 'ack#a'])
    later()
    expect(wire).toHaveLength(3)
  })

  it('of those of its other devices without an id, once it is known that they answer nothing', () => {
    own('m0')
    echoes.begin()
    own('m1')
    own('m2')
    expect(wire).toEqual(['m0'])
    answer('m2', 'a')
    expect(wire).toEqual(['m0', 'm1', 'm2#a', 'ack#a'])
  })

  it('by each of several calls under way with its own id', () => {
    echoes.begin()
    echoes.begin()
    own('m1')
    own('m2')
    answer('m2', 'b')
    expect(wire).toEqual([])
    answer('m1', 'a')
    expect(wire).toEqual(['m1#a', 'ack#a', 'm2#b', 'ack#b'])
  })

  it('by the reply itself where the event does not come, and the event is left out should it come late', () => {
    echoes.begin()
    answer('m1', 'a')
    expect(wire).toEqual([])
    later()
    own('m1')
    own('m2')
    expect(wire).toEqual(['reply:m1#a', 'ack#a', 'm2'])
  })

  it('by the reply at once where the call was a repeat', () => {
    own('m1')
    echoes.begin()
    answer('m1', 'again')
    expect(wire).toEqual(['m1', 'reply:m1#again', 'ack#again'])
  })

  it('twice only if it has called twice', () => {
    echoes.begin()
    echoes.begin()
    answer('m1', 'a')
    answer('m1', 'b')
    own('m1')
    expect(wire).toEqual(['reply:m1#b', 'ack#b', 'm1#a', 'ack#a'])
  })

  it('as it was where its call has failed', () => {
    echoes.begin()
    own('m1')
    echoes.end(null)
    expect(wire).toEqual(['m1'])
  })

  it('and is held up by nothing while no call is under way', () => {
    own('m1')
    other('x')
    expect(wire).toEqual(['m1', 'x'])
  })

  it('and keeps no more in memory than it must while a call does not end', () => {
    echoes.begin()
    own('m0')
    for (let n = 0; n < 1000; n += 1) other(`x${n}`)
    expect(wire).toHaveLength(1001)
  })

  it('and nothing after its connection has ended', () => {
    echoes.begin()
    answer('m1', 'a')
    echoes.stop()
    later()
    expect(wire).toEqual([])
  })
})
