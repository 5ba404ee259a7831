export type Permission = NotificationPermission | 'unsupported'

export const permission = (): Permission =>
  'Notification' in window ? Notification.permission : 'unsupported'

/** To be called on a click only: browsers punish pages that ask unasked. */
export const askPermission = (): Promise<Permission> =>
  'Notification' in window ? Notification.requestPermission() : Promise.resolve('unsupported')

interface Note {
  readonly title: string
  readonly text: string
  /** Notes of one session replace each other. */
  readonly sessionId: string
  /** The message that it shows. */
  readonly messageId?: string
  readonly onClick: () => void
}

/** The newest of each session, as far as it shows a message. */
const shown = new Map<string, { readonly note: Notification; readonly messageId: string }>()

export function notify({ title, text, sessionId, messageId, onClick }: Note): void {
  if (permission() !== 'granted') return
  const note = new Notification(title, {
    body: text,
    tag: sessionId,
    icon: `${import.meta.env.BASE_URL}favicon.svg`,
  })
  if (messageId === undefined) shown.delete(sessionId)
  else shown.set(sessionId, { note, messageId })
  note.onclick = () => {
    window.focus()
    onClick()
    note.close()
  }
}

/** Takes the note of a message away: what was recalled is shown nowhere any more. */
export function withdraw(sessionId: string, messageId: string): void {
  const known = shown.get(sessionId)
  if (known?.messageId !== messageId) return
  known.note.close()
  shown.delete(sessionId)
}
