import { createLogin, createProfile, createUsers } from './account.ts'
import { createClient } from './client.ts'
import { createLoginTokens } from './connection/login.ts'
import { openSocketIo } from './connection/socket-io-link.ts'
import type { Me, Session } from './contract-types.ts'
import { platform } from './environment.ts'
import { ROUTES } from './rest/routes.ts'
import { createStorage } from './storage.ts'
import { createChatHandle } from './store/chat-handle.ts'
import { createDesk } from './store/desk.ts'
import { createSearch } from './store/search.ts'
import { unreadAfter } from './sync/unread.ts'
import type { ChatHandle, ParleyClient, ParleyOptions, StartInput } from './types.ts'

/** After these the caller may go by another name or picture. */
const RENAMES: ReadonlySet<string> = new Set(['user.update-profile', 'user.set-nickname', 'user.set-avatar'])

/** Tokens that the client keeps itself; `null`: somebody else does. */
function loginTokens({ auth, url, keyPrefix = 'parley', storage, environment }: ParleyOptions) {
  if (auth.kind !== 'login') return null
  const everything = { ...platform(), ...environment }
  const rest = { url, environment: everything, routes: ROUTES }
  return createLoginTokens(rest, createStorage(keyPrefix, storage), keyPrefix, everything)
}

export function createParley(options: ParleyOptions): ParleyClient {
  const tokens = loginTokens(options)
  const auth = options.auth.kind === 'login' ? null : options.auth
  const { client, desk, core, sessions, presume } = createClient(
    { ...options, auth: tokens ?? auth ?? { kind: 'cookie' } },
    {
      routes: ROUTES,
      count: (state, me, readSeq) => unreadAfter(state, me, readSeq).count,
      createDesk,
      finish:
        (core, sessions, { persons, onAction }) =>
        bound =>
          createChatHandle({ core, sessions, persons, onAction }, bound),
      openLink: openSocketIo,
    },
  )
  const renamed = async () => presume((await core.call('auth.me')) as Me)
  // Every handle of this client was made by `createChatHandle`.
  const session = (sessionId: string) => client.session(sessionId) as ChatHandle
  const opened = (made: Session) => {
    sessions.opened(made)
    return session(made.id)
  }
  const myId = async () => core.me()?.id ?? (await core.call('auth.me')).id

  return {
    ...client,
    async call(operation, ...[input]) {
      const answer = await core.call(operation, input as object | undefined)
      if (operation === 'auth.update-me') await presume(answer as Me)
      if (RENAMES.has(operation)) await renamed()
      return answer
    },
    session,
    draftSession: (input?: StartInput) => client.draftSession(input) as ChatHandle,
    openSession: async () => (await client.openSession()) as ChatHandle | null,
    async openPrivate(userId) {
      const people = { userId1: await myId(), userId2: userId }
      return opened((await core.call('session.private', people)).session)
    },
    async createGroup({ name, userIds, showsHistory = false }) {
      return opened(await core.call('session.group', { name, participantIds: userIds, showsHistory }))
    },
    chats: desk.chats,
    unread: desk.unread,
    search: input =>
      createSearch(core, input, listener => client.on('recalled', ({ messageId }) => listener(messageId))),
    friends: desk.friends,
    users: createUsers(core, desk.persons),
    profile: createProfile(core, renamed),
    person: desk.persons.of,
    presence: desk.presence.of,
    setStatus: desk.presence.setStatus,
    login: createLogin({ core, client, presume }, tokens),
    list: desk.list,
    operators: () => desk.operators,
  }
}
