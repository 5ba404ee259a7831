import type { FailedMessage } from '@parley/sdk'
import type { Texts } from '../../i18n/texts.ts'

type Failure = Pick<FailedMessage, 'code'>

/** What stays as it is, however often it is sent. */
const FILE_REASONS = ['payload_too_large', 'unsupported_media_type'] as const
const REASONS = ['stale', 'session_ended', 'validation_failed', ...FILE_REASONS] as const

/** Why it was not sent, and what to do. */
export const failedText = (texts: Texts, { code }: Failure): string =>
  texts(`message.failed.${REASONS.find(reason => reason === code) ?? 'other'}`)

export const helpsToRetry = ({ code }: Failure): boolean => !FILE_REASONS.some(reason => reason === code)
