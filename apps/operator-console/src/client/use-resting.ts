import { useEffect, useState } from 'react'

/** How long a value has to stay the same. Milliseconds. */
const REST_MS = 250

/** What is typed, once the hands rest: a server need not answer every key. */
export function useResting(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
