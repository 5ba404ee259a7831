import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { OPERATIONS } from '../registry.ts'
import { TEXTS } from './index.ts'

interface Definition {
  readonly type?: string
  readonly error?: (issue: unknown) => unknown
  readonly checks?: readonly { readonly _zod: { readonly def: Definition } }[]
  readonly [part: string]: unknown
}

const isSchema = (value: unknown): value is z.ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value

/** The schemas right inside one, whatever its kind calls them. */
function inner(def: Definition): z.ZodType[] {
  if (def.type === 'lazy') return []
  const parts = Object.values(def).flatMap(part =>
    typeof part === 'object' && part !== null && !isSchema(part) ? Object.values(part) : [part],
  )
  return parts.filter(isSchema)
}

function sentencesOf(schema: z.ZodType, seen = new Set<z.ZodType>()): string[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  const def = schema._zod.def as unknown as Definition
  const own = [def, ...(def.checks ?? []).map(check => check._zod.def)]
    .map(part => part.error?.({}))
    .filter(sentence => typeof sentence === 'string')
  return [...own, ...inner(def).flatMap(part => sentencesOf(part, seen))]
}

const spoken = new Set(OPERATIONS.flatMap(operation => sentencesOf(operation.input)))

describe('texts', () => {
  it('finds the sentences of the schemas at all', () => {
    expect(spoken.has('is a reserved word')).toBe(true)
    expect(spoken.size).toBeGreaterThan(10)
  })

  it('translates every sentence of the schemas, and none that is not there', () => {
    expect(Object.keys(TEXTS.zh.sentences).sort()).toEqual([...spoken].sort())
  })

  it.each(['errors', 'problems', 'types', 'sms'] as const)('has the same %s in both languages', part => {
    expect(Object.keys(TEXTS.zh[part]).sort()).toEqual(Object.keys(TEXTS.en[part]).sort())
  })

  it('has the rules in the very words of the core', () => {
    for (const [sentence, text] of Object.entries(TEXTS.en.rules)) expect(text).toBe(sentence)
  })

  it('uses the same arguments in both languages', () => {
    const argumentsOf = (text: string) =>
      [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(m => m[1]))].sort()
    for (const part of ['errors', 'problems', 'rules', 'sms'] as const) {
      for (const [key, text] of Object.entries(TEXTS.en[part])) {
        const other = (TEXTS.zh[part] as Record<string, string>)[key] ?? ''
        expect({ key, uses: argumentsOf(other) }).toEqual({ key, uses: argumentsOf(text) })
      }
    }
  })
})
