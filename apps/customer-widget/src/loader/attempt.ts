/** For what the page, its storage or its listeners may throw. */
export function attempt<T>(work: () => T, failed?: (error: unknown) => void): T | undefined {
  try {
    return work()
  } catch (error) {
    return failed?.(error) as undefined
  }
}
