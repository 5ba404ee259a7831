import type { OperationName } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import { type Credential, type How, NOBODY, type Rest, request } from '../rest/request.ts'
import type { CallOutput } from '../rest/route.ts'
import type { CookieAuth, TokenAuth } from '../types.ts'

export interface Credentials {
  /** `null`: nobody yet. */
  current(): Promise<Credential | null>
  /** The server no longer takes `failed`: is there a new one? Asked by several at once, renewed once. */
  renew(failed: string | null): Promise<boolean>
  /** Makes an anonymous visitor where there is nobody yet. */
  obtain(): Promise<void>
}

export function createCredentials(auth: TokenAuth | CookieAuth): Credentials {
  let renewal: Promise<boolean> | null = null
  const renewed = async (failed: string | null) => {
    if (auth.kind === 'cookie' || !auth.renew) return false
    const token = await auth.get()
    // Another call, which failed with the same token, was first.
    if (token !== failed) return token !== null
    return (await auth.renew()) !== null
  }
  const renew = (failed: string | null) => {
    renewal ??= renewed(failed).finally(() => {
      renewal = null
    })
    return renewal
  }
  const current = async (): Promise<Credential | null> => {
    if (auth.kind === 'cookie') return { token: null, cookie: true }
    const token = await auth.get()
    return token === null ? null : { token, cookie: false }
  }
  const obtain = async () => {
    if ((await current()) === null && !(await renew(null))) throw new ParleyError('unauthorized')
  }
  return { current, renew, obtain }
}

export type Call = <N extends OperationName>(
  operation: N,
  input?: object,
  how?: How,
) => Promise<CallOutput<N>>

/** REST with the caller's credential, which is renewed once when the server no longer takes it. */
export function createCall(rest: Rest, credentials: Credentials): Call {
  const current = async () => (await credentials.current()) ?? NOBODY
  return async (operation, input, how) => {
    const credential = await current()
    const signsIn = rest.routes[operation]?.signsIn === true
    const as = signsIn && !credential.cookie ? NOBODY : credential
    try {
      return await request(rest, operation, input, as, how)
    } catch (error) {
      const expired = ParleyError.of(error).code === 'unauthorized' && as.token !== null
      if (!expired || !(await credentials.renew(as.token))) throw error
      return request(rest, operation, input, await current(), how)
    }
  }
}
