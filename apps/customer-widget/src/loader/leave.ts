import type { KeptHere } from './kept.ts'

/** Forgets the visitor here and now, and has the server end their login, even if the page goes the next moment. */
export function leave(server: string, kept: KeptHere): void {
  const token = kept.token()
  kept.clear()
  const headers = { Authorization: `Bearer ${token}` }
  if (token)
    fetch(`${server}api/auth/logout`, { method: 'POST', headers, keepalive: true }).catch(
      // Out of reach: the token is forgotten here, and dies of age there.
      () => null,
    )
}
