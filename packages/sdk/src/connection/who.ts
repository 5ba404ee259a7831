import type { Me } from '../contract-types.ts'
import { type Rest, request } from '../rest/request.ts'
import type { Storage } from '../storage.ts'
import { createSource } from '../store/observable.ts'
import { createTurns } from '../turns.ts'

const ME = 'me'

interface WhoDeps {
  readonly rest: Rest
  readonly storage: Storage
  /** Somebody else than before, or the first. What depends on the person is to be made right before anything is sent. */
  readonly person: (me: Me | null, before: Me | null) => Promise<void>
}

/** Who the credential stands for, as the server says; kept, so that what is unsent can be shown before it has said. */
export function createWho({ rest, storage, person }: WhoDeps) {
  const me = createSource<Me | null>(null)
  /** For which token the server has said it; `undefined`: for none. */
  let confirmed: string | null | undefined
  /** Counts who was asked for or said: an answer that comes when there is something newer counts for nothing. */
  let latest = 0
  const inTurn = createTurns()

  const set = (next: Me | null) =>
    inTurn(async () => {
      const before = me.getSnapshot()
      if (before?.id !== next?.id) await person(next, before)
      me.set(next)
    })

  const parsed = (kept: string | null): Me | null => {
    try {
      return JSON.parse(kept ?? 'null') as Me | null
    } catch {
      // Cut off: the server will say.
      return null
    }
  }

  const restore = async () => {
    const kept = parsed(await storage.get(ME))
    await person(kept, null)
    me.set(kept)
  }
  const restored = restore()

  return {
    me,
    restored,
    /** Asks the server once for each token. */
    async confirm(token: string | null): Promise<void> {
      await restored
      if (confirmed === token && me.getSnapshot()) return
      const mine = ++latest
      const found = await request(rest, 'auth.me', undefined, {
        token,
        cookie: token === null,
      })
      if (mine !== latest) return
      await set(found)
      if (mine !== latest) return
      confirmed = token
      await storage.set(ME, JSON.stringify(found))
    },
    /** A sign-in has said who it will be; the next connection asks for the rest. */
    async presume(next: Me): Promise<void> {
      latest += 1
      confirmed = undefined
      await storage.set(ME, JSON.stringify(next))
      await set(next)
    },
    /** The next connection asks again. */
    doubt() {
      confirmed = undefined
    },
    async forget(): Promise<void> {
      latest += 1
      confirmed = undefined
      await storage.remove(ME)
      await set(null)
    },
  }
}
