export interface Piece {
  readonly text: string
  readonly found: boolean
}

/** Text that stands before the first hit, where a long one has to be cut. UTF-16 units. */
const BEFORE = 40

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function patternOf(keyword: string): RegExp | null {
  const words = keyword.split(/\s+/).filter(word => word !== '')
  if (words.length === 0) return null
  return new RegExp(
    `(${words
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join('|')})`,
    'giu',
  )
}

/** A message in one line, cut so that the first hit is seen, with every hit marked. */
export function highlighted(text: string, keyword: string): Piece[] {
  const line = text.replace(/\s+/g, ' ').trim()
  const pattern = patternOf(keyword)
  if (!pattern) return [{ text: line, found: false }]
  const at = line.search(pattern)
  const start = at > BEFORE ? line.indexOf(' ', at - BEFORE) : -1
  const from = at > BEFORE ? (start >= 0 && start < at ? start + 1 : at - BEFORE) : 0
  const shown = from > 0 ? `…${line.slice(from)}` : line
  return shown
    .split(pattern)
    .map((piece, index) => ({ text: piece, found: index % 2 === 1 }))
    .filter(piece => piece.text !== '')
}
