/**
 * The form in which texts and keywords are compared (Q2): without differences of case and of compatibility, such as
 * full-width letters. `toUpperCase` first, so that `ß` is `ss` and a sigma at the end of a word is any other; the
 * capital `ẞ` is one already, and stays.
 */
export function folded(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  const lower = text.normalize('NFKC').toUpperCase().toLowerCase()
  return lower.replaceAll('ß', 'ss').replaceAll('ς', 'σ').normalize('NFKC')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII, control characters too
const ASCII = /^[\u0000-\u007f]*$/
