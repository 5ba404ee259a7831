import type { Observable } from '@parley/sdk'
import { kept } from '../../ui/kept.ts'
import type { KeptFiles } from '../file/index.ts'

const PREFIX = 'parley-console.draft.'

/** What has been written and not been sent, by session. A snapshot names the sessions that have one. */
export interface Drafts extends Observable<ReadonlySet<string>> {
  read(sessionId: string): string
  write(sessionId: string, text: string): void
  readonly files: KeptFiles
  /** What is answered, by the message's id; gone with the page, as the files are. */
  readonly replies: Map<string, string>
  /** All of this person's, as on signing out. */
  clear(): void
}

export function createDrafts(personId: string): Drafts {
  const prefix = `${PREFIX}${encodeURIComponent(personId)}.`
  const listeners = new Set<() => void>()
  const files: KeptFiles = new Map()
  const replies = new Map<string, string>()
  const find = (): ReadonlySet<string> => new Set(kept.keys(prefix).map(key => key.slice(prefix.length)))
  let sessions = find()
  const changed = () => {
    sessions = find()
    for (const listener of listeners) listener()
  }
  return {
    files,
    replies,
    read: sessionId => kept.read(prefix + sessionId) ?? '',
    write(sessionId, text) {
      if (text.trim() === '') kept.remove(prefix + sessionId)
      else kept.write(prefix + sessionId, text)
      if (sessions.has(sessionId) !== (text.trim() !== '')) changed()
    },
    clear() {
      for (const key of kept.keys(prefix)) kept.remove(key)
      files.clear()
      replies.clear()
      changed()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => sessions,
  }
}
