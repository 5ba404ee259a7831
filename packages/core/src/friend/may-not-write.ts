import type { Deps } from '../node/handler.ts'

/** Does the bond of a private session keep this participant from writing there (F10)? */
export async function mayNotWrite(
  { store, settings }: Pick<Deps, 'store' | 'settings'>,
  senderId: string,
  sessionId: string,
): Promise<boolean> {
  const anyone = settings.directMessages === 'anyone'
  const refusals = await store.writeRefusals({
    sessionIds: [sessionId],
    senderId,
    mustTakePart: true,
    anyone,
  })
  return refusals.get(sessionId) === 'not_friends'
}
