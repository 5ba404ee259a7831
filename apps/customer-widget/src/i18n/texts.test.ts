import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from './texts/en.json' with { type: 'json' }
import zh from './texts/zh.json' with { type: 'json' }

const sources = (folder: string): string[] =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.tsx?$/.test(name) && !name.includes('.test.') ? [readFileSync(path, 'utf8')] : []
  })

describe('the catalogues', () => {
  it('say the same things in both languages', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort())
  })

  it('have nothing that no screen says', () => {
    const code = sources(join(import.meta.dirname, '..')).join('\n')
    // `message.state.${state}` stands for every key that begins so.
    const families = [...code.matchAll(/`([a-z_.]+\.)\$\{/g)].map(([, prefix]) => prefix ?? '')
    const unused = Object.keys(en).filter(
      key => !code.includes(`'${key}'`) && !families.some(prefix => key.startsWith(prefix)),
    )
    expect(unused).toEqual([])
  })
})
