// Texts are written in ICU's message syntax and travel compiled: what is left for the browser is src/i18n/format.ts.
import { IntlMessageFormat } from 'intl-messageformat'

/** @import { Part, Pattern } from './src/i18n/format.ts' */

// TYPE in icu-messageformat-parser.
const LITERAL = 0
const ARGUMENT = 1
const SELECT = 5
const PLURAL = 6
const POUND = 7

/**
 * @typedef {{ type: number, value?: string, pluralType?: string, offset?: number,
 *   options?: Record<string, { value: readonly Element[] }> }} Element
 */

/**
 * @param {string} text
 * @returns {Pattern}
 */
function compileText(text) {
  const format = new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true })
  return compile(/** @type {readonly Element[]} */ (/** @type {unknown} */ (format.getAst())), null)
}

/**
 * @param {readonly Element[]} elements
 * @param {string | null} counted the number that # stands for
 * @returns {Pattern}
 */
function compile(elements, counted) {
  const parts = elements.map(element => part(element, counted))
  const [only = ''] = parts
  return parts.length < 2 && typeof only === 'string' ? only : parts
}

/**
 * @param {Element} element
 * @param {string | null} counted
 * @returns {Part}
 */
function part({ type, value = '', options = {}, pluralType, offset }, counted) {
  if (type === LITERAL) return value
  if (type === ARGUMENT) return [value]
  if (type === POUND && counted !== null) return [counted]
  if (type === SELECT) return [value, choices(options, counted)]
  if (type === PLURAL && pluralType === 'cardinal' && !offset) return [value, choices(options, value), 1]
  throw new Error(`{${value}}: texts have arguments, plurals and selects only`)
}

/**
 * @param {Record<string, { value: readonly Element[] }>} options
 * @param {string | null} counted
 */
const choices = (options, counted) =>
  Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, compile(value, counted)]))

const CATALOGUE = /\/texts\/[a-z]+\.json$/

/** @returns {import('vite').Plugin} */
export const compiledTexts = () => ({
  name: 'parley-texts',
  enforce: 'pre',
  transform(code, id) {
    if (!CATALOGUE.test(id)) return null
    /** @type {Record<string, string>} */
    const texts = JSON.parse(code)
    const compiled = Object.entries(texts).map(([key, text]) => [key, compileText(text)])
    return { code: JSON.stringify(Object.fromEntries(compiled)), map: null }
  },
})
