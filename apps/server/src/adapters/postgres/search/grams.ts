/** From here on two characters say as much as three letters do: Chinese, Japanese, Korean, and pictures. */
const DENSE_FROM = 0x2e80
const sizeAt = (character: string): number => ((character.codePointAt(0) ?? 0) < DENSE_FROM ? 3 : 2)

const WORDS = /\S+/gu

/** The pieces of a folded text: of each character the two or three that begin with it, or what is left of its word. */
export function gramsOf(text: string): string[] {
  const grams = new Set<string>()
  for (const [word] of text.matchAll(WORDS)) {
    const characters = SURROGATE.test(word) ? [...word] : word
    for (let at = 0; at < characters.length; at += 1) grams.add(gramAt(characters, at))
  }
  return [...grams]
}

const SURROGATE = /[\ud800-\udfff]/
const gramAt = (characters: string | readonly string[], at: number): string => {
  const end = at + sizeAt(characters[at] ?? '')
  return typeof characters === 'string' ? characters.slice(at, end) : characters.slice(at, end).join('')
}

/**
 * A `tsquery` that holds for the grams of every text that has all of these words, and for few others. The end of a word
 * that is too short for a gram is looked for as the beginning of one.
 */
export function queryOf(words: readonly string[]): string {
  const parts = new Set(words.flatMap(word => partsOf([...word])))
  return [...parts].join(' & ')
}

function partsOf(characters: readonly string[]): string[] {
  const parts: string[] = []
  let covered = 0
  for (let at = 0; covered < characters.length; at += 1) {
    const end = at + sizeAt(characters[at] ?? '')
    const isWhole = end <= characters.length
    parts.push(quoted(characters.slice(at, end).join('')) + (isWhole ? '' : ':*'))
    covered = Math.max(covered, Math.min(end, characters.length))
  }
  return parts
}

const quoted = (gram: string): string => `'${gram.replaceAll(/['\\]/g, found => found + found)}'`

/** For LIKE: the word anywhere, whatever it has in it. */
export const patternOf = (word: string): string => `%${word.replaceAll(/[\\%_]/g, found => `\\${found}`)}%`
