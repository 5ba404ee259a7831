import { useEffect, useRef } from 'react'
import type { ParleyEvents, VisitorClient } from '../types.ts'

export function useEvent<E extends keyof ParleyEvents>(
  client: Pick<VisitorClient, 'on'>,
  event: E,
  listener: (data: ParleyEvents[E]) => void,
): void {
  const newest = useRef(listener)
  useEffect(() => {
    newest.current = listener
  })
  useEffect(() => client.on(event, data => newest.current(data)), [client, event])
}
