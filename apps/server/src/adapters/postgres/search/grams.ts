/** From here on two characters say as much as three letters do: Chinese, Japanese, Korean, and pictures. */
const DENSE_FROM = 0x2e80
const LONGEST = 3
const sizeAt = (character: string): number => ((character.codePointAt(0) ?? 0) < DENSE_FROM ? LONGEST : 2)

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

/**
 * As `queryOf`, with as few grams as go over all of each word: of a common word's, each more costs the index more than it
 * leaves out.
 */
export function shortQueryOf(words: readonly string[]): string {
  const parts = new Set(words.flatMap(word => fewestOf([...word])))
  return [...parts].join(' & ')
}

function fewestOf(characters: readonly string[]): string[] {
  const parts: string[] = []
  let covered = 0
  while (covered < characters.length) {
    const { at, end } = furthest(characters, covered)
    parts.push(quoted(characters.slice(at, end).join('')) + (end > characters.length ? ':*' : ''))
    covered = end
  }
  return parts
}

/** Of the grams that take in what comes after `covered` the one that goes furthest, whole if there is one, or else the longest. */
function furthest(characters: readonly string[], covered: number): { at: number; end: number } {
  const grams = [covered - LONGEST + 1, covered - 1, covered]
    .map(at => ({ at, end: at + sizeAt(characters[at] ?? '') }))
    .filter(({ at, end }) => at >= 0 && end > covered)
  const whole = grams.filter(({ end }) => end <= characters.length).sort((a, b) => b.end - a.end)
  return whole[0] ?? grams[0] ?? { at: covered, end: characters.length }
}

const quoted = (gram: string): string => `'${gram.replaceAll(/['\\]/g, found => found + found)}'`

/** For LIKE: the word anywhere, whatever it has in it. */
export const patternOf = (word: string): string => `%${word.replaceAll(/[\\%_]/g, found => `\\${found}`)}%`
