import type { Output, RawInput } from '../contract-types.ts'
import type { Environment } from '../environment.ts'
import { ParleyError } from '../errors.ts'
import { PROTOCOL_VERSION } from '../protocol.ts'
import { createRetry } from '../retry.ts'
import { createSource } from '../store/observable.ts'
import type { ConnectionState, Observable } from '../types.ts'
import type { Credentials } from './credentials.ts'
import type { Link, LinkEvent, LinkOperation, OpenLink } from './link.ts'

/** An answer that takes longer will not come. Milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000
/** A connection that held this long was a good one: the next loss starts from the shortest delay. Milliseconds. */
const STABLE_AFTER_MS = 10_000

export interface Connection {
  readonly state: Observable<ConnectionState>
  /** Opens one if there is none and none is on its way; leaves `refused` alone. */
  need(): void
  /** As `need`, and out of `refused` and of a pause between two tries too. */
  connect(): void
  disconnect(): void
  isOnline(): boolean
  /** Rejects with `unreachable` when not online. */
  request<N extends LinkOperation>(operation: N, input: RawInput<N>): Promise<Output<N>>
}

export interface ConnectionDeps {
  readonly url: string
  readonly openLink: OpenLink
  readonly environment: Environment
  readonly credentials: Credentials
  /** Who are we? Asked beside the opening of each link, which counts only when both are done. */
  identify(token: string | null): Promise<void>
  online(): void
  event(event: LinkEvent): void
}

/** What is under way; each try is an object of its own, so that what a dead one still says is not heard. */
interface Try {
  link: Link | null
  token: string | null
  onlineSince: number | null
  over: boolean
}

const reason = (error: unknown) =>
  error instanceof ParleyError ? error : new ParleyError('unreachable', { cause: error })

export function createConnection(deps: ConnectionDeps): Connection {
  const { environment, credentials } = deps
  const { clock, hints } = environment
  const retry = createRetry(environment)
  const state = createSource<ConnectionState>({ status: 'idle' })
  let current: Try | null = null
  let since = 0
  /** The token has been renewed; only a connection that opens makes it worth another time. */
  let renewed = false
  let stopHints: (() => void) | null = null

  const show = () => {
    const attempt = retry.tries
    if (!hints.online()) state.set({ status: 'offline', since, attempt })
    else if (attempt === 0) state.set({ status: 'connecting' })
    else state.set({ status: 'reconnecting', since, attempt })
  }

  const stop = (next: ConnectionState) => {
    retry.reset()
    stopHints?.()
    stopHints = null
    const link = current?.link
    current = null
    renewed = false
    link?.close()
    state.set(next)
  }

  const hinted = () => {
    if (!retry.isWaiting) return
    if (hints.online()) begin()
    else show()
  }

  const pause = (error: ParleyError) => {
    retry.later(error, begin)
    show()
  }

  const afterRenewal = async (ended: Try, refusal: ParleyError): Promise<ParleyError | null> => {
    try {
      const found = await credentials.renew(ended.token)
      renewed = true
      return found ? null : refusal
    } catch (error) {
      return reason(error)
    }
  }

  const decide = (why: ParleyError | null) => {
    if (why === null) begin()
    else if (why.retry) pause(why)
    else stop({ status: 'refused', code: why.code })
  }

  const lost = async (ended: Try, error: ParleyError) => {
    if (ended !== current || ended.over) return
    ended.over = true
    ended.link?.close()
    const now = clock.now()
    const { onlineSince } = ended
    if (onlineSince !== null && now - onlineSince >= STABLE_AFTER_MS) retry.reset()
    if (onlineSince !== null || retry.tries === 0) since = now
    const expired = error.code === 'unauthorized' && !renewed
    const why = expired ? await afterRenewal(ended, error) : error
    if (ended === current) decide(why)
  }

  const ready = (opened: Try) => {
    if (opened !== current || opened.over) return
    opened.onlineSince = clock.now()
    renewed = false
    state.set({ status: 'online' })
    deps.online()
  }

  const open = (mine: Try) =>
    new Promise<void>((resolve, reject) => {
      mine.link = deps.openLink(
        { url: deps.url, token: mine.token, protocol: PROTOCOL_VERSION },
        {
          opened: resolve,
          event: event => {
            if (mine === current) deps.event(event)
          },
          closed: error => {
            reject(error)
            void lost(mine, error)
          },
        },
      )
    })

  const tryOnce = async (mine: Try) => {
    try {
      const credential = await credentials.current()
      if (mine !== current) return
      if (credential === null) return stop({ status: 'idle' })
      mine.token = credential.token
      await Promise.all([open(mine), deps.identify(mine.token)])
      ready(mine)
    } catch (error) {
      await lost(mine, reason(error))
    }
  }

  function begin() {
    retry.cancel()
    stopHints ??= hints.subscribe(hinted)
    current = { link: null, token: null, onlineSince: null, over: false }
    show()
    void tryOnce(current)
  }

  return {
    state,
    need() {
      if (state.getSnapshot().status === 'idle') begin()
    },
    connect() {
      const { status } = state.getSnapshot()
      if (status === 'idle' || status === 'refused' || retry.isWaiting) begin()
    },
    disconnect: () => stop({ status: 'idle' }),
    isOnline: () => state.getSnapshot().status === 'online',
    request(operation, input) {
      const link = state.getSnapshot().status === 'online' ? current?.link : null
      return link
        ? link.request(operation, input, REQUEST_TIMEOUT_MS)
        : Promise.reject(new ParleyError('unreachable'))
    },
  }
}
