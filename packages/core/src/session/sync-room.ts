import type { Message, Session } from '@parley/contracts'

/**
 * Bytes of messages in one answer, and of sessions, as JSON in UTF-8. A wire that spells a text twice may make it twice as
 * much: still no more than a slow reader may be behind.
 */
const SYNC_BYTES_MAX = 262_144

/** What one answer to `session.sync` has room for, of messages or of sessions. */
export class SyncRoom {
  private left = SYNC_BYTES_MAX
  private isEmpty = true

  isFull(): boolean {
    return this.left <= 0
  }

  /** The first of the messages, whole changes only: at most `limit`, as far as there is room. */
  fit(news: readonly Message[], limit: number): Message[] {
    const fitting: Message[] = []
    for (const touched of byChange(news)) {
      const isTooMany = fitting.length > 0 && fitting.length + touched.length > limit
      if (isTooMany || !this.takes(touched)) break
      fitting.push(...touched)
    }
    return fitting
  }

  /** The first is taken whatever its size, so that every answer gets further. */
  takes(entities: readonly (Message | Session)[]): boolean {
    const bytes = entities.reduce((sum, entity) => sum + utf8Length(JSON.stringify(entity)), 0)
    const fits = this.isEmpty || bytes <= this.left
    this.left = fits ? this.left - bytes : 0
    this.isEmpty = false
    return fits
  }
}

function byChange(news: readonly Message[]): Message[][] {
  const changes: Message[][] = []
  for (const message of news) {
    const last = changes.at(-1)
    if (last?.[0]?.change === message.change) last.push(message)
    else changes.push([message])
  }
  return changes
}

function utf8Length(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x80) bytes += unit < 0x800 || isSurrogate(unit) ? 1 : 2
  }
  return bytes
}

/** Half of a character of four bytes. */
const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff
