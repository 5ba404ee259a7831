import { KEYWORD_MAX } from '@parley/contracts'
import { invalid } from '../access/invalid.ts'
import { folded } from './folded.ts'

/** What a keyword looks for, folded, each word once (Q1–Q3). */
export function wordsOf(keyword: string): string[] {
  const trimmed = keyword.trim()
  if (trimmed === '') throw invalid('keyword', 'must not be empty')
  if ([...trimmed].length > KEYWORD_MAX) {
    throw invalid('keyword', 'must have at most {max} characters', { max: KEYWORD_MAX })
  }
  return [...new Set(folded(trimmed).split(/\s+/u))].filter(word => word !== '')
}

/** Has a folded text all of these words? */
export const hasWords = (text: string, words: readonly string[]): boolean =>
  words.every(word => text.includes(word))
