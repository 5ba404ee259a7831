import type { Input, Message, MessageFile } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { invalid } from '../access/invalid.ts'
import type { CoreSettings } from '../node/chat-node.ts'
import { storableFileUrl } from './file-url.ts'

export type Content = Pick<Message, 'text' | 'type' | 'file'>
type Settings = Pick<CoreSettings, 'messageMaxLength' | 'fileHosts'>
type Wish = Pick<Input<'message.send'>, 'text' | 'type' | 'fileUrl' | 'fileName' | 'fileSize'>

/** What a message says, if it may be said so (M5–M7). */
export function contentOf(wish: Wish, caller: Caller, settings: Settings): Content {
  const file = fileOf(wish, settings.fileHosts)
  checkText(wish.text, file !== null, settings.messageMaxLength)
  return { text: wish.text, type: typeOf(wish.type, file !== null, caller), file }
}

function checkText(text: string, hasFile: boolean, max: number): void {
  const length = codePoints(text.trim())
  if (length === 0 && !hasFile) throw invalid('text', 'must not be empty')
  if (length > max) throw invalid('text', 'must have at most {max} characters', { max })
}

const LAST_OF_ONE_UNIT = 0xffff

function codePoints(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length; at += 1) {
    if ((text.codePointAt(at) ?? 0) > LAST_OF_ONE_UNIT) {
      count -= 1
      at += 1
    }
  }
  return count
}

function typeOf(wished: Message['type'] | undefined, hasFile: boolean, caller: Caller): Message['type'] {
  const type = wished ?? (hasFile ? 'file' : 'text')
  if (type === 'system' && !isAutomatic(caller)) throw invalid('type', 'is for automatic senders only')
  if (type !== 'text' && type !== 'system' && !hasFile) throw invalid('fileUrl', 'is required')
  return type
}

export const isAutomatic = (caller: Caller): boolean =>
  caller.kind === 'key' || (caller.kind === 'person' && caller.role === 'system')

function fileOf({ fileUrl, fileName, fileSize }: Wish, hosts: readonly string[]): MessageFile | null {
  if (fileUrl === undefined) return null
  const url = storableFileUrl(fileUrl, hosts)
  if (url === null)
    throw invalid('fileUrl', 'must be a file of this server or an https URL on an allowed host')
  const unknown = { mimeType: null, width: null, height: null, durationMs: null, thumbnailUrl: null }
  return { url, name: fileName ?? null, size: fileSize ?? null, ...unknown }
}
