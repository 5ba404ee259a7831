import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPlainText } from './text-content.ts'

/** More than is read at once. Bytes. */
const LONG = 10_000_000

describe('a text', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-text-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const isText = async (content: string) => {
    const path = join(folder, 'file')
    await writeFile(path, content)
    return isPlainText(path)
  }

  it.each(['words', '\uFEFFwords', '1 < 2', '<3', '\n# heading', ' #! in the middle', '', ' '])(
    'may be %j',
    async content => expect(await isText(content)).toBe(true),
  )

  it.each(['<p>', '\uFEFF <!doctype html>', ' \r\n\t<?xml', '</p>', '#!/bin/sh', 'a\u0000b'])(
    'is none if it is %j',
    async content => expect(await isText(content)).toBe(false),
  )

  it('is no page either if it begins with more space than is read at once', async () => {
    expect(await isText(`${' '.repeat(200_000)}<html>`)).toBe(false)
  })

  it('takes no longer for being space', async () => {
    const time = async (character: string) => {
      const begun = performance.now()
      expect(await isText(character.repeat(LONG))).toBe(true)
      return performance.now() - begun
    }
    expect(await time(' ')).toBeLessThan(10 * (await time('a')) + 100)
  })
})
