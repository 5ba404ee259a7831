import type { Me, Output } from '../contract-types.ts'
import type { Environment } from '../environment.ts'
import { ParleyError } from '../errors.ts'
import { type Rest, request } from '../rest/request.ts'
import type { Storage } from '../storage.ts'
import { createTurns } from '../turns.ts'
import type { TokenAuth } from '../types.ts'
import { storageLocks } from './storage-locks.ts'

const LOGIN = 'login'

interface Pair {
  readonly token: string
  readonly refreshToken: string
}

export type LoginAnswer = Output<'auth.verify-code'>

export interface LoginTokens extends TokenAuth {
  keep(answer: LoginAnswer): Promise<void>
  forget(): Promise<void>
}

const parsed = (text: string | null): Pair | null => {
  try {
    const pair = JSON.parse(text ?? 'null') as Pair | null
    return typeof pair?.refreshToken === 'string' ? pair : null
  } catch {
    // Cut off: then nobody is signed in.
    return null
  }
}

export const meOf = ({ id, role, nickname, realName, username, avatar }: LoginAnswer['user']): Me => ({
  id,
  role,
  name: nickname ?? realName ?? username ?? id,
  avatar,
})

/**
 * The pair of tokens that all tabs of a browser share. A refresh token is good for one use: a second one ends the
 * login. So one tab at a time renews, and the others take what it has got.
 */
export function createLoginTokens(
  rest: Rest,
  storage: Storage,
  name: string,
  environment: Environment,
): LoginTokens {
  const locks = environment.locks ?? storageLocks(storage, environment)
  const inTurn = createTurns()
  const pair = async () => parsed(await storage.get(LOGIN))
  const save = ({ token, refreshToken }: Pair) => storage.set(LOGIN, JSON.stringify({ token, refreshToken }))
  const forget = () => storage.remove(LOGIN)

  const refresh = async (before: Pair): Promise<string | null> => {
    try {
      const next = await request(rest, 'auth.refresh', { refreshToken: before.refreshToken })
      await save(next)
      return next.token
    } catch (error) {
      if (ParleyError.of(error).code !== 'unauthorized') throw error
      await forget()
      return null
    }
  }

  /** What was given last: a call for a new one says that this one is no good any more. */
  let given: string | null = null

  const renewAfter = async (failed: string | null) => {
    const now = await pair()
    // Another tab was first, or has signed out.
    if (!now || now.token !== failed) return now?.token ?? null
    return refresh(now)
  }

  return {
    kind: 'token',
    async get() {
      given = (await pair())?.token ?? null
      return given
    },
    renew() {
      const failed = given
      return inTurn(() => locks(`${name}/${LOGIN}`, () => renewAfter(failed)))
    },
    keep: save,
    forget,
  }
}
