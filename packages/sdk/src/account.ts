import { type LoginAnswer, type LoginTokens, meOf } from './connection/login.ts'
import type { Me } from './contract-types.ts'
import { ParleyError } from './errors.ts'
import { uploadFile } from './rest/upload.ts'
import type { Core } from './store/core.ts'
import type { Persons } from './store/persons.ts'
import type { Login, Profile, SignedIn, Users, VisitorClient } from './types.ts'

interface Parts {
  readonly core: Core
  readonly client: VisitorClient
  /** The server has said who the caller is by now. */
  readonly presume: (me: Me) => Promise<void>
}

/** `tokens` null: somebody else looks after them. */
export function createLogin({ core, client, presume }: Parts, tokens: LoginTokens | null): Login {
  const own = (): LoginTokens => {
    if (tokens) return tokens
    throw new ParleyError('forbidden', {
      message: 'This client does not keep the tokens: auth is not "login"',
    })
  }
  const enter = async (answer: LoginAnswer): Promise<SignedIn> => {
    await own().keep(answer)
    await presume(meOf(answer.user))
    client.disconnect()
    client.connect()
    return { user: answer.user, isNewUser: answer.isNewUser }
  }
  /** Asks for nothing where there is no place to keep the answer. */
  const asOwner: Core['call'] = async (operation, input) => {
    own()
    return await core.call(operation, input)
  }
  return {
    isSignedIn: async () => (await own().get()) !== null,
    sendCode: phone => asOwner('auth.send-code', { phone }),
    verifyCode: async input => enter(await asOwner('auth.verify-code', input)),
    withPassword: async input => enter(await asOwner('auth.login', input)),
    async logout() {
      const kept = own()
      // Unreachable or too late: what is kept here is forgotten all the same.
      await core.call('auth.logout').catch(() => undefined)
      await kept.forget()
      await client.forget()
    },
  }
}

/** `renamed`: the caller may go by another name or picture now. */
export function createProfile(core: Core, renamed: () => Promise<void>): Profile {
  const after = async <T>(answer: T): Promise<T> => {
    await renamed()
    return answer
  }
  return {
    get: () => core.call('user.profile'),
    update: async change => after(await core.call('user.update-profile', change)),
    setAvatar: async (image, options) => after(await uploadFile(core, 'user.set-avatar', image, options)),
  }
}

export function createUsers(core: Core, persons: Persons): Users {
  return {
    async list(input) {
      const page = await core.call('user.list', input)
      persons.told(page.items)
      return page
    },
    online: () => core.call('user.online'),
    async get(userId) {
      const user = await core.call('user.get', { userId })
      persons.told([user])
      return user
    },
    async search(keyword) {
      const users = await core.call('user.search', { keyword })
      persons.told(users)
      return users
    },
  }
}
