import { isIPv6 } from 'node:net'

/** What a limit of an address counts by. One customer of a provider has a whole IPv6 /64: its addresses are one. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = ''] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  return address.includes('::') && groups.length < 4
    ? [...groups, ...Array<string>(4 - groups.length).fill('0')].join(':')
    : groups.slice(0, 4).join(':')
}
