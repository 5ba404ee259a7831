import { useEffect, useState } from 'react'

/** The server's usual time for taking a message back; where a site has another one, its answer says so. Milliseconds. */
const RECALL_MS = 120_000

/** Is it young enough to be taken back? By the moment it was written here, or else by its own time, if that is not to come. */
export function useRecallable(createdAt: string): boolean {
  const [since] = useState(() => Math.min(Date.parse(createdAt), Date.now()))
  const [young, setYoung] = useState(() => Date.now() - since < RECALL_MS)
  useEffect(() => {
    if (!young) return
    const timer = setTimeout(() => setYoung(false), since + RECALL_MS - Date.now())
    return () => clearTimeout(timer)
  }, [since, young])
  return young
}
