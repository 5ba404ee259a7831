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
  const ask = (known: Identify | null) =>
    request(rest, 'auth.token', known ? { ...known, email: undefined } : { name })
  /** Brings along what is the token's, if it is an anonymous visitor's. */
  const prove = async (known: Identify, token: string) =>
    keep(await request(rest, 'auth.identify', known, { token, cookie: false }))

  const become = async (known: Identify, token: string) => {
    try {
      await prove(known, token)
    } catch (error) {
      if (ParleyError.of(error).code !== 'unauthorized') throw error
      // The token is too old, or the hash is wrong: with a new token only the latter is left.
      await prove(known, (await ask(null)).token)
    }
  }
  const enter = async (known: Identify) => {
    const answer = await ask(known)
    // What asks for a token has no place for it.
    if (known.email) await prove(known, answer.token)
    else await keep(answer)
  }
  const identify = async (known: Identify, me: Me | null) => {
    const token = await storage.get(TOKEN)
    if (token !== null && (me === null || me.role === 'visitor')) await become(known, token)
    else if (token === null || me?.id !== known.userId) await enter(known)
    identity = known
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
    renew: () => inTurn(async () => keep(await ask(identity))),
    identify: (known, me) => inTurn(() => identify(known, me)),
    forget: () => inTurn(forget),
  }
}

export const isVisitor = (auth: TokenAuth | CookieAuth | Visitor): auth is Visitor => 'identify' in auth
