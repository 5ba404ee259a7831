import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { check, measure } from './budgets.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-budgets-'))
  vi.spyOn(console, 'log').mockReturnValue()
})
afterEach(() => rmSync(root, { recursive: true }))

const budget = { name: 'app', why: 'It loads on phones.', maxBytes: 1000 }

describe('a budget', () => {
  test('counts the scripts and styles of a folder, however deep, and nothing else', () => {
    write('dist/a.js', 300)
    write('dist/deep/b.css', 300)
    write('dist/deep/picture.png', 5000)
    const bytes = measure({ ...budget, folder: 'dist' }, root)
    expect(bytes).toBeGreaterThanOrEqual(600)
    expect(bytes).toBeLessThan(700)
  })

  test('counts what a page names, and not what it loads later', () => {
    write('dist/assets/main-1.js', 400)
    write('dist/assets/later-2.js', 5000)
    text('dist/index.html', '<script type="module" src="/console/assets/main-1.js"></script>')
    expect(measure({ ...budget, page: 'dist/index.html' }, root)).toBeLessThan(500)
  })

  test('is broken by one byte too many', () => {
    write('dist/widget.js', 500)
    const file = { ...budget, file: 'dist/widget.js' }
    const bytes = measure(file, root)
    expect(check([{ ...file, maxBytes: bytes }], root)).toBe(true)
    expect(check([{ ...file, maxBytes: bytes - 1 }], root)).toBe(false)
  })

  test.each([
    ['a file', { ...budget, file: 'dist/widget.js' }],
    ['a folder', { ...budget, folder: 'dist' }],
    ['a page', { ...budget, page: 'dist/index.html' }],
  ])('is broken by %s that was not built', (_, missing) => {
    expect(check([missing], root)).toBe(false)
  })

  test('is broken by an empty folder, and by a page that names what was not built', () => {
    mkdirSync(join(root, 'dist'))
    expect(check([{ ...budget, folder: 'dist' }], root)).toBe(false)
    text('dist/index.html', '<link rel="stylesheet" href="/console/assets/gone.css">')
    expect(check([{ ...budget, page: 'dist/index.html' }], root)).toBe(false)
  })
})

/** Random bytes, so that brotli finds nothing to save. */
function write(file: string, bytes: number) {
  text(file, randomBytes(bytes))
}

function text(file: string, content: string | Buffer) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), content)
}
