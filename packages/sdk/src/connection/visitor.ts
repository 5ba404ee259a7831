import type { Identify, Me } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import { type Rest, request } from '../rest/request.ts'
import type { Storage } from '../storage.ts'
import { createTurns } from '../turns.ts'
import type { CookieAuth, TokenAuth, VisitorAuth } from '../types.ts'

const TOKEN = 'token'

/** A website's visitor, whose token is kept in storage. */
export interface Visitor extends TokenAuth {
  /** `me`: whom the kept token stands for, as far as is known. */
  identify(identity: Identify, me: Me | null): Promise<void>
  forget(): Promise<void>
}

export function createVisitor(rest: Rest, storage: Storage, { name }: VisitorAuth): Visitor {
  let identity: Identify | null = null
  const keep = async ({ token }: { readonly token: string }) => {
    await storage.set(TOKEN, token)
    return token
  }
  const fresh = async () => {
    const input = identity
      ? { userId: identity.userId, userHash: identity.userHash, name: identity.name }
      : { name }
    return keep(await request(rest, 'auth.token', input))
  }
  /** Brings the anonymous visitor's open session along. False: the token is too old for that. */
  const become = async (known: Identify, token: string) => {
    try {
      await keep(await request(rest, 'auth.identify', known, { token, cookie: false }))
      return true
    } catch (error) {
      if (error instanceof ParleyError && error.code === 'unauthorized') return false
      throw error
    }
  }
  const identify = async (known: Identify, me: Me | null) => {
    const token = await storage.get(TOKEN)
    const before = identity
    identity = known
    try {
      const anonymous = token !== null && (me === null || me.role === 'visitor')
      if (anonymous && (await become(known, token))) return
      if (token !== null && me?.id === known.userId) return
      const own = await fresh()
      // What asks for a token has no place for it.
      if (known.email) await become(known, own)
    } catch (error) {
      identity = before
      throw error
    }
  }
  const forget = async () => {
    identity = null
    await storage.remove(TOKEN)
  }
  /** What comes back last must not be kept in place of what was asked for last. */
  const inTurn = createTurns()
  return {
    kind: 'token',
    get: () => storage.get(TOKEN),
    renew: () => inTurn(fresh),
    identify: (known, me) => inTurn(() => identify(known, me)),
    forget: () => inTurn(forget),
  }
}

export const isVisitor = (auth: TokenAuth | CookieAuth | Visitor): auth is Visitor => 'identify' in auth
