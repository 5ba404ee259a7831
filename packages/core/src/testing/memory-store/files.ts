import { fileIdOf, fileUrlOf } from '../../message/own-file.ts'
import type { FileReader, FileStore, KnownFile } from '../../ports/store/file-store.ts'
import { type MessageRow, presentPart, type State } from './state.ts'
import type { Sync } from './sync.ts'

export const files = (state: State): Sync<FileStore> => ({
  readableFile(fileId, reader) {
    const file = state.files.get(fileId)
    return file && mayHave(state, file, reader) ? { ...file } : null
  },
})

/** A file of which a message has been recalled goes, if no other has it. */
export function dropFile(state: State, url: string): void {
  const fileId = fileIdOf(url)
  if (fileId !== null && ![...state.messages.values()].some(({ file }) => file?.url === url))
    state.files.delete(fileId)
}

function mayHave(state: State, file: KnownFile, reader: FileReader): boolean {
  if (reader.kind === 'key' || file.isPublic || file.ownerId === reader.userId) return true
  const url = fileUrlOf(file.id)
  return [...state.messages.values()].some(
    message => message.file?.url === url && !message.recalled && maySee(state, message, reader),
  )
}

function maySee(
  state: State,
  message: MessageRow,
  { userId, isStaff }: Extract<FileReader, { kind: 'person' }>,
): boolean {
  const session = state.sessions.get(message.sessionId)
  const part = presentPart(session, userId)
  if (part && message.seq > part.visibleAfterSeq) return true
  return isStaff && session?.type === 'support'
}
