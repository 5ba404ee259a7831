import { createReadStream } from 'node:fs'

/** What the main stream of a binary office document is called in its directory (MS-CFB 2.6.1). */
const STREAMS: Readonly<Record<string, string>> = {
  WordDocument: 'application/msword',
  Workbook: 'application/vnd.ms-excel',
  Book: 'application/vnd.ms-excel',
  'PowerPoint Document': 'application/vnd.ms-powerpoint',
}

/** Bytes of a directory entry, which lies on a multiple of it: its name in UTF-16, the name's length, its kind. */
const ENTRY = 128
const NAME_LENGTH_AT = 64
const KIND_AT = 66
const STREAM = 2

/** The type of a compound file that is an office document; null: it is something else, such as an installer. */
export async function officeTypeOf(path: string): Promise<string | null> {
  for await (const chunk of createReadStream(path, { highWaterMark: 512 * ENTRY })) {
    const bytes = chunk as Buffer
    for (let at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
      const type = typeOfEntry(bytes.subarray(at, at + ENTRY))
      if (type !== null) return type
    }
  }
  return null
}

function typeOfEntry(entry: Buffer): string | null {
  const length = entry.readUInt16LE(NAME_LENGTH_AT)
  if (entry[KIND_AT] !== STREAM || length < 4 || length > NAME_LENGTH_AT) return null
  return STREAMS[entry.toString('utf16le', 0, length - 2)] ?? null
}
