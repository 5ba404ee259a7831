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
  readonly onClick: () => void
}

export function notify({ title, text, sessionId, onClick }: Note): void {
  if (permission() !== 'granted') return
  const note = new Notification(title, {
    body: text,
    tag: sessionId,
    icon: `${import.meta.env.BASE_URL}favicon.svg`,
  })
  note.onclick = () => {
    window.focus()
    onClick()
    note.close()
  }
}
