import { Failure } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { createSignInThrottle } from './sign-in-throttle.ts'

function world() {
  let now = 0
  const throttle = createSignInThrottle({ now: () => now, after: () => () => undefined })
  const fails = (username: string, address: string, times: number) => {
    let counted = 0
    for (; counted < times; counted += 1) {
      try {
        throttle.attempt(username, address)
      } catch {
        return counted
      }
    }
    return counted
  }
  return { throttle, fails, pass: (ms: number) => (now += ms) }
}

describe('the sign-in throttle', () => {
  it('lets ten failed tries of a name through from one address', () => {
    expect(world().fails('ada', '192.0.2.1', 20)).toBe(10)
  })

  it('lets fifty through from one address, whatever the names', () => {
    const { throttle } = world()
    const tries = Array.from({ length: 50 }, (_, i) => () => throttle.attempt(`user${i}`, '192.0.2.1'))
    for (const attempt of tries) attempt()
    expect(() => throttle.attempt('one more', '192.0.2.1')).toThrow(Failure)
  })

  it('lets a hundred of a name through, from however many addresses', () => {
    const { fails } = world()
    const perAddress = Array.from({ length: 20 }, (_, i) => fails('ada', `192.0.2.${i}`, 10))
    expect(perAddress.reduce((sum, count) => sum + count, 0)).toBe(100)
  })

  it('does not shut out the owner of a name while somebody else guesses at it', () => {
    const { throttle, fails } = world()
    fails('ada', '192.0.2.66', 20)
    expect(() => throttle.attempt('ada', '192.0.2.1')).not.toThrow()
  })

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', 10],
    ['2001:db8::1', '2001:db8:0:0:1::', 10],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 20],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', 20],
    ['::1', '::2', 10],
  ])('takes %s and %s for one network or two', (one, other, together) => {
    const { fails } = world()
    expect(fails('ada', one, 10) + fails('ada', other, 10)).toBe(together)
  })

  it('says how long to wait, and forgets after a quarter of an hour', () => {
    const { throttle, fails, pass } = world()
    fails('ada', '192.0.2.1', 10)
    pass(60_000)
    expect(() => throttle.attempt('ada', '192.0.2.1')).toThrow(
      expect.objectContaining({ code: 'rate_limited', params: { seconds: 840 } }),
    )
    pass(840_000)
    expect(fails('ada', '192.0.2.1', 20)).toBe(10)
  })

  it('does not count what was right', () => {
    const { throttle, fails } = world()
    for (let i = 0; i < 30; i += 1) throttle.attempt('ada', '192.0.2.1')()
    expect(fails('ada', '192.0.2.1', 20)).toBe(10)
  })
})
