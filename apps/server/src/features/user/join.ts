import { displayName, Failure, type Input, picture, type User } from '@parley/contracts'
import type { CallContext } from '@parley/core'
import type { ServerContext } from '../../operations/types.ts'
import { type Account, type AuthStore, callingPerson } from '../auth/index.ts'
import type { Pictures } from '../file/index.ts'
import type { ProfileChanges, UserStore } from './user-store.ts'

export interface JoinParts {
  readonly accounts: Pick<AuthStore, 'account'>
  readonly store: Pick<UserStore, 'changeProfile'>
  readonly pictures: Pick<Pictures, 'adopt'>
  /** Hosts that pictures may be on, besides this server. */
  readonly fileHosts: readonly string[]
  /** The connection hears all sessions of its person from now on. */
  readonly openInbox: (context: CallContext) => Promise<void>
  readonly shown: (account: Account) => Promise<User>
}

type Joining = Input<'user.join'>

/** The documented clients say who they are as they come; of that only what is missing is taken, and never a login name or role. */
export async function joinUser(parts: JoinParts, context: ServerContext, input: Joining): Promise<User> {
  const { userId, role, name } = callingPerson(context)
  if (input.id !== undefined && input.id !== userId) throw new Failure('identity_mismatch')
  const known = await parts.accounts.account(userId)
  const missing = await missingOf(parts, context, { known, name, input })
  const account =
    known && Object.keys(missing).length === 0
      ? known
      : await parts.store.changeProfile({ id: userId, role, name }, missing, null)
  if (account === null) throw new Failure('forbidden')
  await parts.openInbox(context)
  return await parts.shown(account)
}

async function missingOf(
  parts: JoinParts,
  context: ServerContext,
  {
    known,
    name,
    input,
  }: { readonly known: Account | null; readonly name: string | null; readonly input: Joining },
): Promise<ProfileChanges> {
  const isNameless = known ? nameOf(known) === null : name === null
  const realName = isNameless ? readable(input.realName ?? input.username) : null
  const avatar = known?.avatar || !input.avatar ? null : await pictureOf(parts, context, input.avatar)
  return { ...(realName !== null && { realName }), ...(avatar !== null && { avatar }) }
}

const nameOf = ({ operatorName, realName, nickname }: Account): string | null =>
  operatorName ?? realName ?? nickname

const readable = (name: string | undefined): string | null => displayName.safeParse(name).data ?? null

/** One that can't be taken is none: nobody is kept out for its picture. */
async function pictureOf(parts: JoinParts, context: ServerContext, url: string): Promise<string | null> {
  if (!picture.safeParse(url).success) return null
  if (!url.startsWith('/')) return parts.fileHosts.includes(new URL(url).host) ? url : null
  try {
    return await parts.pictures.adopt(context, callingPerson(context).userId, url)
  } catch (error) {
    if (error instanceof Failure && error.code === 'validation_failed') return null
    throw error
  }
}
