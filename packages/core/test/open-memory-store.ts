import type { Store } from '../src/ports/store.ts'
import { createMemoryStore, type MemoryStore } from '../src/testing/memory-store/memory-store.ts'
import type { OpenStore } from '../src/testing/store-acceptance/open-store.ts'

/** The fixtures answer at once; an adapter's are statements. */
const promised =
  <A extends unknown[]>(step: (...args: A) => void) =>
  (...args: A) =>
    Promise.resolve(step(...args))

/** `instead`: what a faulty one does in another way. */
export const openMemoryStore =
  (instead: (store: MemoryStore) => Partial<Store> = () => ({})): OpenStore =>
  () => {
    let now = Date.UTC(2026, 0, 1)
    const whole = createMemoryStore({ clock: { now: () => now } })
    const store = { ...whole, ...instead(whole) }
    const { addPerson, addOperator, addTalk, addFile, audits } = whole.fixtures
    return Promise.resolve({
      store,
      another: () => Promise.resolve(store),
      addPerson: promised(addPerson),
      addOperator: promised(addOperator),
      addTalk: promised(addTalk),
      addFile: promised(addFile),
      ageBy: promised((ms: number) => {
        now += ms
      }),
      audits: () => Promise.resolve(audits()),
      close: () => Promise.resolve(),
    })
  }
