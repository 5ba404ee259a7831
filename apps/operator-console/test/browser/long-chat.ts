import type { Excerpt, ExcerptSnapshot, StoredMessage } from '@parley/sdk'
import { groupSession, sessionSnapshot, stored } from '../entities.ts'
import type { FakeClient } from '../fake-client.ts'
import { settable } from '../observable.ts'

const ALL = 400
const PAGE = 30

const said = (seq: number): StoredMessage =>
  stored(seq, {
    senderId: seq % 4 === 0 ? 'chen' : 'ben',
    senderType: 'operator',
    text: `Number ${seq}${seq % 5 === 0 ? `\n${'and some more of it. '.repeat(seq % 30)}` : ''}`,
    createdAt: new Date(Date.now() - (ALL - seq) * 7 * 60_000).toISOString(),
  })
const saidFrom = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => said(first + n))

const nextFrame = () => new Promise(resolve => requestAnimationFrame(resolve))

/** A group with 400 messages, `long`, of which the newest 50 are loaded; what lies before comes page by page. */
export function fillLongChat(client: FakeClient): void {
  const handle = client.session('long')
  const session = groupSession({ id: 'long', name: 'A long chat', lastSeq: ALL })
  let oldest = ALL - 49
  const show = () =>
    handle.snapshot.set(
      sessionSnapshot({ id: 'long', session, messages: saidFrom(oldest, ALL), hasOlder: oldest > 1 }),
    )
  show()
  handle.loadOlder = async () => {
    await nextFrame()
    oldest = Math.max(1, oldest - PAGE)
    show()
  }
  handle.excerpt = seq => {
    let [first, last] = [Math.max(1, seq - PAGE + 1), Math.min(ALL, seq + PAGE)]
    const view = (): ExcerptSnapshot => ({
      messages: saidFrom(first, last),
      hasOlder: first > 1,
      hasNewer: last < oldest - 1,
      loading: false,
      loadingOlder: false,
      loadingNewer: false,
      error: null,
    })
    const shown = settable(view())
    const excerpt: Excerpt = {
      ...shown,
      async loadOlder() {
        await nextFrame()
        first = Math.max(1, first - PAGE)
        shown.set(view())
      },
      async loadNewer() {
        await nextFrame()
        last = Math.min(ALL, last + PAGE)
        const met = last >= oldest - 1
        shown.set(view())
        if (!met) return
        oldest = first
        show()
      },
    }
    return excerpt
  }
}
