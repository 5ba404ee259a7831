import { useConnection } from '@parley/sdk/react'
import { useEffect, useRef } from 'react'

/** Calls the newest `act` each time the connection comes back; not for one that is there from the beginning. */
export function useReconnected(act: () => void): void {
  const online = useConnection().status === 'online'
  const before = useRef(online)
  const newest = useRef(act)
  useEffect(() => {
    newest.current = act
  })
  useEffect(() => {
    if (online && !before.current) newest.current()
    before.current = online
  }, [online])
}
