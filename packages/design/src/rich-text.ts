export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

// ASCII only (RFC 3986): in Chinese text an address is often followed by characters with no space between.
const ADDRESS = String.raw`https?:\/\/[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%[\]]+`
const CODE = '`(?!\\s)[^`\\n]+(?<!\\s)`'
const MARKED = new RegExp(`${CODE}|${ADDRESS}`, 'gi')

/** The message as a person meant it: links and `code` marked, everything else as it was typed. Never HTML. */
export function tokens(text: string): Token[] {
  const found: Token[] = []
  let end = 0
  for (const match of text.matchAll(MARKED)) {
    const token = tokenOf(match[0])
    if (token === null) continue
    if (match.index > end) found.push({ kind: 'text', text: text.slice(end, match.index) })
    found.push(token)
    end = match.index + (token.kind === 'code' ? match[0].length : token.text.length)
  }
  if (end < text.length) found.push({ kind: 'text', text: text.slice(end) })
  return found
}

function tokenOf(match: string): Token | null {
  if (match.startsWith('`')) return { kind: 'code', text: match.slice(1, -1) }
  const address = withoutTrailing(match)
  return URL.canParse(address) ? { kind: 'link', text: address, href: address } : null
}

/** The full stop after an address ends the sentence, and a bracket that it doesn't open closes something else. */
function withoutTrailing(address: string): string {
  const last = address.at(-1) ?? ''
  const opener = { ')': '(', ']': '[' }[last]
  const closesNothing = opener !== undefined && count(address, last) > count(address, opener)
  return /[.,;:!?'*]/.test(last) || closesNothing ? withoutTrailing(address.slice(0, -1)) : address
}

const count = (text: string, character: string) => text.split(character).length - 1
