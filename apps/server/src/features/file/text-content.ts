import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

/** What makes a browser take a text for a page, white space and a BOM before it, or a system for a program. */
const MARKUP = /^<[!?/a-z]/i
const SCRIPT = /^#!/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const NOT_IN_TEXT = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/

/** Is it text in UTF-8 all through, and neither a page nor a script? */
export async function isPlainText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let begun: string | null = null
  try {
    for await (const chunk of createReadStream(path)) {
      const text = decoder.decode(chunk as Buffer, { stream: true })
      if (NOT_IN_TEXT.test(text)) return false
      if (begun === null && SCRIPT.test(text)) return false
      begun = firstOf((begun ?? '') + text)
      if (MARKUP.test(begun)) return false
    }
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** Characters that tell markup from text: no more are kept, however much space is before them. */
const ENOUGH = 3
const firstOf = (text: string): string => text.trimStart().slice(0, ENOUGH)

/** Does it begin with the byte order mark of UTF-16? */
export async function isWideText(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && (buffer.readUInt16BE() === 0xfffe || buffer.readUInt16BE() === 0xfeff)
  } finally {
    await file.close()
  }
}
