import { Failure } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { PendingHandshakes } from './pending-handshakes.ts'

let now = 0
let pending: PendingHandshakes
beforeEach(() => {
  now = 0
  pending = new PendingHandshakes(2, () => now)
})

function begin(address: string) {
  const transport = { closed: false, close: () => (transport.closed = true) }
  pending.makeRoom(address)
  pending.begun(address, transport)
  return transport
}

describe('handshakes that have not gone on', () => {
  it('are so many for an address at the most', () => {
    begin('a')
    begin('a')
    expect(() => begin('a')).toThrow(Failure)
    begin('b')
    expect(pending.size()).toBe(3)
  })

  it('count no more once they have gone on, or are gone', () => {
    for (let n = 0; n < 5; n++) pending.over('a', begin('a'))
    expect(pending.size()).toBe(0)
  })

  it('make room for others when they have waited long', () => {
    const [first, second] = [begin('a'), begin('a')]
    now += 2000
    begin('a')
    expect([first.closed, second.closed]).toEqual([true, false])
    expect(pending.size()).toBe(2)
  })
})
