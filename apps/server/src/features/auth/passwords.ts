import { hash, verify } from '@node-rs/argon2'
import { Failure } from '@parley/contracts'
import { createGate } from './gate.ts'

/** OWASP's argon2id floor: 19 MiB, two passes, one lane. About 25 ms of one core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Hashing runs on libuv's four threads, which files and DNS need too; more would only wait there. */
const AT_ONCE = 2
/** Beyond this many waiting, a caller is told at once to come back later. */
const WAITING_MAX = 100

/** The same text typed on different systems may come composed or not (RFC 8265, 4.2.2). */
const prepared = (password: string) => password.normalize('NFC')

const gate = createGate(AT_ONCE, WAITING_MAX, () => new Failure('rate_limited', { seconds: 5 }))

export const hashPassword = (password: string): Promise<string> => gate(() => hash(prepared(password), COST))

let nobodysHash: Promise<string> | undefined

/**
 * Is this the password? Without a hash (no such account, or one that has no password) the answer is no after the
 * same work, so that time does not tell which usernames exist.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this account')
  const against = passwordHash ?? (await nobodysHash)
  const matches = await gate(() => verify(against, prepared(password)))
  return matches && passwordHash !== null
}
