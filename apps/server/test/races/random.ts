/** Mulberry32: the same numbers for the same seed, so that a plan that fails can be asked for again. */
export function randomOf(seed: number) {
  let state = seed
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(chance() * limit)
  return {
    below,
    pick<T>(items: readonly T[]): T {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    /** One of the names, as often as its weight says. */
    weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
      const names = Object.keys(weights) as Name[]
      let left = chance() * names.reduce((sum, name) => sum + weights[name], 0)
      const found = names.find(name => {
        left -= weights[name]
        return left < 0
      })
      return found ?? this.pick(names)
    },
  }
}

export type Random = ReturnType<typeof randomOf>
