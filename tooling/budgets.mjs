// Holds what browsers download to budgets.json. Bytes are brotli's, file by file, as they travel.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

/**
 * One of `file`, `folder` (its scripts and styles, however deep) or `page` (the scripts and styles its HTML names).
 * @typedef {{ name: string, why: string, maxBytes: number, file?: string, folder?: string, page?: string }} Budget
 */

/**
 * @param {Budget} budget
 * @param {string} root
 */
export function measure(budget, root) {
  const files = filesOf(budget, root)
  if (files.length === 0) throw new Error(`${budget.name}: nothing to measure`)
  return files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(file)).length, 0)
}

/**
 * @param {Budget} budget
 * @param {string} root
 */
function filesOf({ file, folder, page }, root) {
  if (file) return [join(root, file)]
  if (folder) return scriptsAndStyles(join(root, folder))
  if (page) return namedBy(join(root, page))
  return []
}

/** @param {string} folder */
function scriptsAndStyles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(m?js|css)$/.test(name))
    .map(name => join(folder, name))
}

/**
 * A page may be served under any path, so what it names is looked up beside it by the file's own name.
 * @param {string} page
 */
function namedBy(page) {
  const built = new Map(scriptsAndStyles(dirname(page)).map(file => [basename(file), file]))
  const links = readFileSync(page, 'utf8').matchAll(/(?:src|href)="([^"]+\.(?:m?js|css))"/g)
  return Array.from(links, ([, link = '']) => {
    const file = built.get(basename(link))
    if (!file) throw new Error(`${page} names ${link}, which was not built`)
    return file
  })
}

/**
 * Prints a line a budget.
 * @param {Budget[]} budgets
 * @param {string} root
 * @returns {boolean} whether all are held
 */
export function check(budgets, root) {
  return budgets.map(budget => holds(budget, root)).every(Boolean)
}

/**
 * @param {Budget} budget
 * @param {string} root
 */
function holds(budget, root) {
  try {
    const bytes = measure(budget, root)
    const held = bytes <= budget.maxBytes
    console.log(`${held ? 'ok  ' : 'OVER'} ${budget.name}: ${bytes} of ${budget.maxBytes} bytes`)
    if (!held) console.log(`     ${budget.why}`)
    return held
  } catch (error) {
    console.log(`MISS ${budget.name}: ${error instanceof Error ? error.message : error}`)
    return false
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const budgets = JSON.parse(readFileSync(new URL('budgets.json', import.meta.url), 'utf8'))
  if (!check(budgets, root)) process.exitCode = 1
}
