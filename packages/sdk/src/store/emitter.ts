import type { ParleyEvents } from '../types.ts'
import { tellAll } from './observable.ts'

export type Emit = <E extends keyof ParleyEvents>(event: E, data: ParleyEvents[E]) => void

export function createEmitter() {
  const listeners = new Map<keyof ParleyEvents, Set<(data: never) => void>>()
  const of = <E extends keyof ParleyEvents>(event: E) => {
    const known = listeners.get(event) ?? new Set()
    listeners.set(event, known)
    return known as Set<(data: ParleyEvents[E]) => void>
  }
  const emit: Emit = (event, data) => tellAll(of(event), data)
  return {
    emit,
    on<E extends keyof ParleyEvents>(event: E, listener: (data: ParleyEvents[E]) => void): () => void {
      const own = (data: ParleyEvents[E]) => listener(data)
      of(event).add(own)
      return () => {
        of(event).delete(own)
      }
    },
  }
}
