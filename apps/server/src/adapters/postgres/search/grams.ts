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
export const queryOf = (words: readonly string[]): string => tsquery(words, allOver)

/**
 * As `queryOf`, with as few grams as go over all of each word: of a common word's, each more costs the index more than it
 * leaves out.
 */
export const shortQueryOf = (words: readonly string[]): string => tsquery(words, fewestOver)

/** Where a gram is in a word: one that ends beyond it is the beginning of one. */
interface Span {
  readonly at: number
  readonly end: number
}

const spanAt = (characters: readonly string[], at: number): Span => ({
  at,
  end: at + sizeAt(characters[at] ?? ''),
})

function tsquery(words: readonly string[], spansOf: (characters: readonly string[]) => Span[]): string {
  const parts = words.flatMap(word => {
    const characters = [...word]
    return spansOf(characters).map(
      ({ at, end }) => quoted(characters.slice(at, end).join('')) + (end > characters.length ? ':*' : ''),
    )
  })
  return [...new Set(parts)].join(' & ')
}

/** One that begins at each character, until the end is reached. */
function allOver(characters: readonly string[]): Span[] {
  const spans = characters.map((_, at) => spanAt(characters, at))
  return spans.slice(0, 1 + spans.findIndex(({ end }) => end >= characters.length))
}

function fewestOver(characters: readonly string[]): Span[] {
  const spans: Span[] = []
  for (let covered = 0; covered < characters.length; ) {
    const span = furthest(characters, covered)
    spans.push(span)
    covered = span.end
  }
  return spans
}

/** Of the grams that take in what comes after `covered` the one that goes furthest, whole if there is one, or else the longest. */
function furthest(characters: readonly string[], covered: number): Span {
  const spans = [covered - LONGEST + 1, covered - 1, covered]
    .map(at => spanAt(characters, at))
    .filter(({ at, end }) => at >= 0 && end > covered)
  const whole = spans.filter(({ end }) => end <= characters.length).sort((a, b) => b.end - a.end)
  return whole[0] ?? spans[0] ?? { at: covered, end: characters.length }
}

const quoted = (gram: string): string => `'${gram.replaceAll(/['\\]/g, found => found + found)}'`

/** For LIKE: the word anywhere, whatever it has in it. */
export const patternOf = (word: string): string => `%${word.replaceAll(/[\\%_]/g, found => `\\${found}`)}%`
