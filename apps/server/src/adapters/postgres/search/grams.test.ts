import { folded, hasWords } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { gramsOf, patternOf, queryOf, shortQueryOf } from './grams.ts'

describe('grams', () => {
  it('are three letters or two Chinese characters, and what is left at the end of a word', () => {
    expect(gramsOf('Hello').sort()).toEqual(['Hel', 'ell', 'llo', 'lo', 'o'].sort())
    expect(gramsOf('你好吗')).toEqual(['你好', '好吗', '吗'])
    expect(gramsOf('ok你 a')).toEqual(['ok你', 'k你', '你', 'a'])
    expect(gramsOf('😀😀😀')).toEqual(['😀😀', '😀'])
    expect(gramsOf(' \n')).toEqual([])
  })

  it('are asked for by whole ones, and by beginnings where a word is too short', () => {
    expect(queryOf(['hello'])).toBe("'hel' & 'ell' & 'llo'")
    expect(queryOf(['你好吗', 'lo'])).toBe("'你好' & '好吗' & 'lo':*")
    expect(queryOf(['好ab'])).toBe("'好a' & 'ab':*")
    expect(queryOf(["t's\\x"])).toBe("'t''s' & '''s\\\\' & 's\\\\x'")
    expect(queryOf(['a', 'a'])).toBe("'a':*")
  })

  it('of a common word, are asked for no more than it takes to go over it', () => {
    expect(shortQueryOf(['hello'])).toBe("'hel' & 'llo'")
    expect(shortQueryOf(['hellos'])).toBe("'hel' & 'los'")
    expect(shortQueryOf(['你好吗呀', 'lo'])).toBe("'你好' & '吗呀' & 'lo':*")
    expect(shortQueryOf(['ok你好'])).toBe("'ok你' & 'k你好'")
    expect(shortQueryOf(['好ab'])).toBe("'好a' & 'ab':*")
  })

  it('have what the query of any part of their text asks for', () => {
    const text = folded('Straße 订单OK?是的 it’s 100% — 👍🏽ΟΔΟΣ')
    const grams = gramsOf(text)
    for (const word of text.split(/\s+/)) {
      const characters = [...word]
      for (let from = 0; from < characters.length; from += 1) {
        for (let to = from + 1; to <= characters.length; to += 1) {
          const part = characters.slice(from, to).join('')
          expect(hasWords(text, [part])).toBe(true)
          for (const asked of [queryOf([part]), shortQueryOf([part])].join(' & ').split(' & ')) {
            const gram = asked.replace(/^'|'(:\*)?$/g, '').replaceAll("''", "'")
            expect(grams.some(one => (asked.endsWith(':*') ? one.startsWith(gram) : one === gram))).toBe(true)
          }
        }
      }
    }
  })

  it('leave LIKE no wildcard', () => {
    expect(patternOf('100%_\\')).toBe('%100\\%\\_\\\\%')
  })
})
