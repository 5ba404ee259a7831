import type { Observable, SessionHandle, VisitorClient } from '@parley/sdk'
import type { PageState, ToHost } from '../../bridge/protocol.ts'
import { isRecalled } from './recalled.ts'

interface ReportParts {
  readonly client: VisitorClient
  readonly shown: Observable<SessionHandle | null>
  readonly page: Observable<PageState>
  readonly tell: (message: ToHost) => void
}

/** Tells the page what its listeners may want to know, and how many messages came while the panel was closed. */
export function reportToPage({ client, shown, page, tell }: ReportParts): void {
  let told = 0
  /** Messages whose text the page has. */
  const known = new Set<string>()
  let leave: () => void = () => undefined

  const count = () => {
    const unread = page.getSnapshot().open ? 0 : (shown.getSnapshot()?.getSnapshot().unreadCount ?? 0)
    if (unread === told) return
    told = unread
    tell(['event', 'unread', { count: unread }])
  }
  const takeBack = () => {
    const messages = shown.getSnapshot()?.getSnapshot().messages ?? []
    for (const { id } of messages.filter(isRecalled))
      if (known.delete(id)) tell(['event', 'recalled', { id }])
  }
  const look = () => {
    count()
    takeBack()
  }
  const follow = () => {
    leave()
    // Being subscribed is what keeps a session loaded, so that one that is closed is heard too.
    leave = shown.getSnapshot()?.subscribe(look) ?? leave
    look()
  }
  shown.subscribe(follow)
  page.subscribe(count)
  follow()

  client.on('message', ({ message: { id, text, senderType } }) => {
    known.add(id)
    tell(['event', 'message', { id, text, senderType }])
  })
  client.on('ended', ({ session: { id, endReason } }) =>
    tell(['event', 'ended', { sessionId: id, reason: endReason }]),
  )
}
