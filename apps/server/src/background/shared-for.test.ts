import { expect, it } from 'vitest'
import { sharedFor } from './shared-for.ts'

function world(load: (count: number) => Promise<number> = count => Promise.resolve(count)) {
  let now = 0
  let loads = 0
  const ask = sharedFor({ now: () => now, after: () => () => undefined }, 2000, () => {
    loads += 1
    return load(loads)
  })
  return { ask, pass: (ms: number) => (now += ms) }
}

it('gives everybody the same answer for a while, then a new one', async () => {
  const { ask, pass } = world()
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1])
  pass(1999)
  expect(await ask()).toBe(1)
  pass(1)
  expect(await ask()).toBe(2)
})

it('gives a new answer once the old one is forgotten', async () => {
  const { ask } = world()
  await ask()
  ask.forget()
  expect(await ask()).toBe(2)
})

it('fails for all who asked together, and asks again for the next', async () => {
  const { ask } = world(count => (count === 1 ? Promise.reject(new Error('away')) : Promise.resolve(count)))
  const both = await Promise.allSettled([ask(), ask()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await ask()).toBe(2)
})
