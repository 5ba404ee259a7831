import type { KeyValue, Observable } from '@parley/sdk'
import { useObservable } from '@parley/sdk/react'
import { createContext, useContext } from 'react'
import { createStore } from '../../app/store.ts'

const SOUND = 'sound'
const OFF = 'off'

export interface SoundChoice extends Observable<boolean> {
  set(on: boolean): void
}

/** Whether the visitor wants to hear when something comes: kept, and on unless they say otherwise. */
export function createSoundChoice(kept: KeyValue): SoundChoice {
  const on = createStore(true)
  // A page's storage that refuses has no choice in it.
  Promise.resolve(kept.get(SOUND)).then(
    value => on.set(value !== OFF),
    () => undefined,
  )
  return {
    subscribe: on.subscribe,
    getSnapshot: on.getSnapshot,
    set(next) {
      on.set(next)
      Promise.resolve(next ? kept.remove(SOUND) : kept.set(SOUND, OFF)).catch(() => undefined)
    },
  }
}

const Context = createContext<SoundChoice>(createStore(true))

export const SoundProvider = Context.Provider

export function useSound(): [boolean, (on: boolean) => void] {
  const choice = useContext(Context)
  return [useObservable(choice), choice.set]
}
