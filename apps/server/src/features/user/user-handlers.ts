import { Failure, isStaff, type User } from '@parley/contracts'
import type { Clock, Person, PersonPresence } from '@parley/core'
import { problemText } from '../../operations/problems.ts'
import type { Handlers, ServerContext } from '../../operations/types.ts'
import { deed } from '../audit/index.ts'
import { type Account, type AuthStore, callingPerson, userOf } from '../auth/index.ts'
import { type Pictures, refusedField } from '../file/index.ts'
import { type JoinParts, joinUser } from './join.ts'
import { type SaveParts, saveUser } from './save.ts'
import type { ProfileChanges, UserStore } from './user-store.ts'

export interface UserParts extends Omit<SaveParts & JoinParts, 'shown'> {
  readonly accounts: Pick<AuthStore, 'account'>
  readonly store: UserStore
  readonly pictures: Pictures
  readonly clock: Clock
  /** How those who have a row stand now. */
  readonly presence: (userIds: readonly string[]) => Promise<readonly PersonPresence[]>
}

export type UserHandlers = Pick<
  Handlers,
  `user.${'profile' | 'update-profile' | 'set-nickname' | 'set-avatar' | 'save' | 'join'}`
>

export const userHandlers = (parts: UserParts): UserHandlers => ({
  'user.profile': async context => {
    const caller = callingPerson(context)
    const account = await parts.accounts.account(caller.userId)
    if (account !== null) return await shown(parts, account)
    if (!isCustomer(caller)) throw new Failure('not_found')
    return await shown(parts, unwritten(caller, parts.clock.now()))
  },
  'user.update-profile': async (context, { avatar: url, ...input }) => {
    const avatar = url === undefined ? undefined : await adopted(parts, context, url)
    return await change(parts, context, { ...input, avatar })
  },
  'user.set-nickname': (context, input) => change(parts, context, input),
  'user.set-avatar': async (context, { avatar: url }) => {
    if (context.upload) {
      const avatar = await parts.pictures.take(context, callingPerson(context).userId)
      return await change(parts, context, { avatar })
    }
    if (url === undefined) throw refusedField('avatar', problemText(context.locale, 'required'))
    return await change(parts, context, { avatar: await adopted(parts, context, url) })
  },
  'user.save': (context, input) => saveUser(withShown(parts), context, input),
  'user.join': (context, input) => joinUser(withShown(parts), context, input),
})

const withShown = (parts: UserParts) => ({ ...parts, shown: (account: Account) => shown(parts, account) })

/** Who sends back the picture that it has, as with a whole profile, means no other one. */
async function adopted(
  { accounts, pictures }: UserParts,
  context: ServerContext,
  url: string,
): Promise<string | undefined> {
  const { userId } = callingPerson(context)
  const account = await accounts.account(userId)
  return url === account?.avatar ? undefined : await pictures.adopt(context, userId, url)
}

const isCustomer = ({ role }: Person): boolean => role === 'user' || role === 'visitor'

async function change(
  parts: UserParts,
  context: ServerContext,
  { nickname, realName, email, avatar }: { [K in keyof ProfileChanges]: ProfileChanges[K] | undefined },
): Promise<User> {
  const caller = callingPerson(context)
  const changes = {
    ...(nickname !== undefined && { nickname }),
    ...(realName !== undefined && { realName }),
    ...(email !== undefined && { email }),
    ...(avatar !== undefined && { avatar }),
  }
  const told = {
    targetKind: 'user',
    targetId: caller.userId,
    data: { changed: Object.keys(changes) },
  } as const
  const account = await parts.store.changeProfile(
    { id: caller.userId, role: caller.role, name: caller.name },
    changes,
    isStaff(caller.role) ? deed(context, { action: 'user.profile-changed', ...told }) : null,
  )
  if (account === null) throw new Failure('not_found')
  if (account.operatorName !== null) parts.operatorsChanged([account.id])
  return await shown(parts, account)
}

async function shown(parts: UserParts, account: Account): Promise<User> {
  const [presence] = await parts.presence([account.id])
  const { status = 'offline', lastSeen = account.lastSeenAt } = presence ?? {}
  return { ...userOf(account, false), status, lastSeen }
}

/** Customers are written down with their first session; until then they are what their token says. */
function unwritten({ userId, role, name }: Person, now: number): Account {
  const at = new Date(now).toISOString()
  return {
    id: userId,
    role,
    username: null,
    passwordHash: null,
    mustChangePassword: false,
    realName: name,
    nickname: null,
    operatorName: null,
    email: null,
    phone: null,
    avatar: null,
    isActive: true,
    lastSeenAt: null,
    createdAt: at,
    updatedAt: at,
  }
}
