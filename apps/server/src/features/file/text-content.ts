import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

/** Whitespace and a BOM may stand before what makes a browser take a text for a page, or a system for a program. */
const MARKUP = /^\uFEFF?\s*<[!?/a-z]/i
const SCRIPT = /^#!/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const NOT_IN_TEXT = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/

/** Is it text in UTF-8 all through, and neither a page nor a script? */
export async function isPlainText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let begun = ''
  try {
    for await (const chunk of createReadStream(path)) {
      const text = decoder.decode(chunk as Buffer, { stream: true })
      if (NOT_IN_TEXT.test(text)) return false
      if (begun.trim().length < ENOUGH) begun += text
      if (SCRIPT.test(begun) || MARKUP.test(begun)) return false
    }
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** Characters that tell markup from text. */
const ENOUGH = 3

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
