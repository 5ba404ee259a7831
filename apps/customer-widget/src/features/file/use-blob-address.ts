import { useLayoutEffect, useState } from 'react'

/**
 * An address under which this page shows what it sends. It stays for as long as the message is shown: what comes back
 * from the server is the same to the eye, and need not be loaded.
 */
export function useBlobAddress(blob: Blob | null): string | null {
  const [first] = useState(blob)
  const [address, setAddress] = useState<string | null>(null)
  useLayoutEffect(() => {
    if (!first) return
    const made = URL.createObjectURL(first)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [first])
  return address
}
