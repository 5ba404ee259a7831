/** Runs at most `atOnce` tasks beside each other; the others wait in order, at most `waitingMax` of them. */
export function createGate(atOnce: number, waitingMax: number, refusal: () => Error) {
  let running = 0
  const waiting: (() => void)[] = []

  const enter = (): Promise<void> => {
    if (running < atOnce) {
      running += 1
      return Promise.resolve()
    }
    if (waiting.length >= waitingMax) return Promise.reject(refusal())
    return new Promise(resolve => waiting.push(resolve))
  }
  /** Whoever waits longest takes the place over, so that nobody slips in between. */
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  return async <T>(task: () => Promise<T>): Promise<T> => {
    await enter()
    try {
      return await task()
    } finally {
      leave()
    }
  }
}
