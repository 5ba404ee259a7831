import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

const root = new URL('../../../../', import.meta.url)
const ACCOUNTS = 'apps/server/test/accounts/'
const read = (file: string) => readFile(new URL(file, root), 'utf8')
const numbersIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, rule = '']) => rule)

describe('the rules of packages/core/SPEC.md that the server keeps by itself', () => {
  it('are quoted by its tests, each of them', async () => {
    const rules = numbersIn(await read('packages/core/SPEC.md'), /^- \*\*(L\d+)\*\*/gm)
    const tests = (await readdir(new URL(ACCOUNTS, root))).filter(file => file.endsWith('.test.ts'))
    const texts = await Promise.all(tests.map(file => read(ACCOUNTS + file)))
    expect(rules.length).toBeGreaterThan(10)
    expect([...new Set(texts.flatMap(text => numbersIn(text, /\[(L\d+)\]/g)))].sort()).toEqual(rules.sort())
  })
})
