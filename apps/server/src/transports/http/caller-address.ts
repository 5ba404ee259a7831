import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { isIn, plainAddress } from './loopback.ts'

/** Says which address calls: the connection's, or the last in `X-Forwarded-For` that is no trusted proxy's own. */
export function createCallerAddress(trustProxy: readonly string[]): (request: IncomingMessage) => string {
  const trusted = blockList(trustProxy)
  return request => {
    let address = plainAddress(request.socket.remoteAddress ?? '')
    for (const hop of forwardedFor(request)) {
      if (!isIn(trusted, address)) break
      address = hop
    }
    return address
  }
}

/** From the nearest to the farthest; a hop that is no address ends what can be believed. */
function forwardedFor(request: IncomingMessage): string[] {
  const hops = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const addresses = hops.map(hop => plainAddress(hop.trim())).reverse()
  const broken = addresses.findIndex(address => isIP(address) === 0)
  return broken === -1 ? addresses : addresses.slice(0, broken)
}

function blockList(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', bits] = block.split('/')
    const version = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, version)
    else list.addSubnet(address, Number(bits), version)
  }
  return list
}
