/** One character of Chinese is a name; of Latin, the first letters of the first and the last word. */
export function initials(name: string): string {
  const seen = name.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
  const words = seen.trim().split(/\s+/).filter(Boolean)
  const [first = '?', last] = [words[0], words.length > 1 ? words.at(-1) : undefined]
  const letters = [first, last].map(word => (word ? [...word][0] : '')).join('')
  return /\p{Script=Han}/u.test(first) ? ([...first].at(-1) ?? '') : letters.toUpperCase()
}
