import { rowLink } from '../features/session/index.ts'

/** Out of the field, to the row in the list; from there (or where the list is another step), out of the session. */
export function stepBack(sessionId: string | null, leave: () => void): void {
  const row = sessionId === null ? null : rowLink(sessionId)
  const listed = row?.checkVisibility({ visibilityProperty: true }) ? row : null
  if (listed && document.activeElement !== listed) listed.focus()
  else if (sessionId !== null) leave()
}
