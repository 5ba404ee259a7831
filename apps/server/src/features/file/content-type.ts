import { fileTypeFromFile } from 'file-type'
import { type FileKind, kindOf } from './file-kinds.ts'
import { officeTypeOf } from './office-content.ts'
import { isPlainText, isWideText } from './text-content.ts'

/** What the file is, by its content alone; of texts the name tells tables from others. Null: it is not taken. */
export async function contentKindOf(path: string, name: string): Promise<FileKind | null> {
  // Two bytes of UTF-16 look like the beginning of a sound.
  if (await isWideText(path)) return null
  const detected = (await fileTypeFromFile(path))?.mime
  const type = detected === 'application/x-cfb' ? await officeTypeOf(path) : detected
  const kind = type ? kindOf(type) : null
  if (kind !== null && !kind.mimeType.startsWith('text/')) return kind
  // Some types are told by two letters that a text may begin with too.
  return (await isPlainText(path)) ? kindOf(/\.csv$/i.test(name) ? 'text/csv' : 'text/plain') : null
}
