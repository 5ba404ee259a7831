import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

const rules = [...read('SPEC.md').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, rule]) => rule ?? '')

/** Where a rule stands in brackets, as names of tests and of acceptance cases have it. */
const quoted = new Set(
  ['src', 'test']
    .flatMap(folder =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map(path => `${folder}/${path}`),
    )
    .filter(path => /\.test\.ts$|store-acceptance\/.*\.ts$/.test(path))
    .flatMap(path => [...read(path).matchAll(/\[([A-Z]\d+)\]/g)].map(([, rule]) => rule ?? '')),
)

describe('SPEC.md', () => {
  it('gives each rule a number of its own, in order', () => {
    const letters = [...new Set(rules.map(rule => rule.charAt(0)))]
    const inOrder = letters.flatMap(letter => {
      const count = rules.filter(rule => rule.startsWith(letter)).length
      return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)
    })
    expect(rules).toEqual(inOrder)
  })

  it('has every rule that a test quotes', () => {
    expect([...quoted].filter(rule => !rules.includes(rule))).toEqual([])
  })

  it.each(['S', 'M', 'A', 'O', 'I', 'D', 'P', 'F', 'G', 'U', 'Q'])(
    'has no rule of section %s without a test',
    section => {
      expect(rules.filter(rule => rule.startsWith(section) && !quoted.has(rule))).toEqual([])
    },
  )
})
