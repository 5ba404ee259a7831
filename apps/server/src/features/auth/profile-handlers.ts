import { Failure } from '@parley/contracts'
import type { Handlers } from '../../operations/types.ts'
import { deed } from '../audit/index.ts'
import type { AuthParts } from './auth-parts.ts'
import { callingPerson } from './calling-person.ts'
import { meOf } from './console-handlers.ts'

export const profileHandlers = (parts: AuthParts): Pick<Handlers, 'auth.update-me'> => ({
  'auth.update-me': async (context, { name }) => {
    const { userId } = callingPerson(context)
    const told = { action: 'user.renamed', targetKind: 'user', targetId: userId, data: { name } } as const
    const account = await parts.store.rename(userId, name, deed(context, told))
    if (account === null) throw new Failure('not_found')
    if (account.operatorName !== null) parts.operatorsChanged([userId])
    return meOf(account)
  },
})
