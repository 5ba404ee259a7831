import type { Logger } from 'pino'

/** A stop that takes longer is cut short. Milliseconds. */
const STOP_WITHIN = 10_000

export interface Life {
  /** Ends the process with the code, once the server has stopped or was given up on. */
  end(code: number): void
}

/**
 * When and how the process ends: a signal stops the server gracefully, a second one at once. After an error that nobody
 * caught nothing is known of the process any more, so it stops too, and whoever watches it starts another.
 */
export function liveUntilTold(parts: {
  readonly logger: Logger
  readonly stop: () => Promise<void>
  readonly exit: (code: number) => void
}): Life {
  const { logger, exit } = parts
  let ending = false
  const end = (code: number) => {
    if (ending) return exit(1)
    ending = true
    const giveUp = setTimeout(() => {
      logger.error('the server did not stop in time')
      exit(1)
    }, STOP_WITHIN)
    giveUp.unref()
    parts.stop().then(
      () => exit(code),
      error => {
        logger.error({ err: error }, 'stopping failed')
        exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      logger.info({ signal }, 'stopping')
      end(0)
    })
  }
  const fatal = (error: unknown) => {
    logger.fatal({ err: error }, 'an error that nobody caught')
    end(1)
  }
  process.on('uncaughtException', fatal)
  process.on('unhandledRejection', fatal)
  return { end }
}
