import type { Observable, SessionHandle, VisitorClient } from '@parley/sdk'
import type { PageState, ToHost } from '../../bridge/protocol.ts'

interface ReportParts {
  readonly client: VisitorClient
  readonly shown: Observable<SessionHandle | null>
  readonly page: Observable<PageState>
  readonly tell: (message: ToHost) => void
}

/** Tells the page what its listeners may want to know, and how many messages came while the panel was closed. */
export function reportToPage({ client, shown, page, tell }: ReportParts): void {
  let told = 0
  let leave: () => void = () => undefined

  const count = () => {
    const unread = page.getSnapshot().open ? 0 : (shown.getSnapshot()?.getSnapshot().unreadCount ?? 0)
    if (unread === told) return
    told = unread
    tell(['event', 'unread', { count: unread }])
  }
  const follow = () => {
    leave()
    // Being subscribed is what keeps a session loaded, so that one that is closed is heard too.
    leave = shown.getSnapshot()?.subscribe(count) ?? leave
    count()
  }
  shown.subscribe(follow)
  page.subscribe(count)
  follow()

  client.on('message', ({ message: { id, text, senderType } }) =>
    tell(['event', 'message', { id, text, senderType }]),
  )
  client.on('ended', ({ session: { id, endReason } }) =>
    tell(['event', 'ended', { sessionId: id, reason: endReason }]),
  )
}
