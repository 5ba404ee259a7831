import type { Happening } from '@parley/contracts'
import type { WireEvent } from './hearing.ts'

/** Makes what goes over the wire, once for all listeners of a happening that hear it by the same name. */
export type Encode<Packet> = (event: WireEvent, happening: Happening) => Packet

/** `onFirst` is told when a happening meets its first listener. */
export function encodeOnce<Packet>(
  make: (event: string, payload: unknown) => Packet,
  onFirst: (happening: Happening) => void,
): Encode<Packet> {
  const made = new WeakMap<Happening, { readonly event: WireEvent; readonly packet: Packet }[]>()
  return (event, happening) => {
    const packets = made.get(happening)
    const known = packets?.find(entry => entry.event === event)
    if (known) return known.packet
    const packet = make(event.event, event.payload(happening))
    if (packets) packets.push({ event, packet })
    else {
      made.set(happening, [{ event, packet }])
      onFirst(happening)
    }
    return packet
  }
}
