import { z } from 'zod'
import { loginPair } from './auth.ts'
import { defineOperation } from './define.ts'
import { displayName, optional, text } from './primitives.ts'

/** A code is good for so long, and a number gets the next one after so long. Seconds. */
export const CODE_SECONDS = 300
export const CODE_RETRY_SECONDS = 60

/** As people write it; which numbers there are, the server knows. */
const phone = text(32, 1).regex(
  /^\s*[+＋]?[\p{Nd}\s().\-/]+$/u,
  'must be a phone number such as +8613800138000',
)

export const sendCode = defineOperation({
  name: 'auth.send-code',
  kind: 'command',
  summary:
    'Sends a code to a phone, to sign in with. The answer is the same whether or not the number has an account.',
  who: ['anyone'],
  input: z.object({ phone }),
  /** Seconds. */
  output: z.object({ expiresIn: z.int(), retryAfter: z.int() }),
  errors: [],
})

export const verifyCode = defineOperation({
  name: 'auth.verify-code',
  kind: 'command',
  summary:
    'Signs in with a phone and the code sent to it; a number without an account gets one, which goes by `nickname`.',
  who: ['anyone'],
  input: z.object({
    phone,
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, 'must be six digits'),
    nickname: optional(displayName),
  }),
  output: loginPair,
  errors: [],
})
