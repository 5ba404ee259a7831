import { CODE_RETRY_SECONDS, CODE_SECONDS } from '../phone.ts'
import type { ExamplesOf, InvalidExample } from './define.ts'
import { times, token, user } from './entities.ts'

const phone = '+8613800138000'
const code = '271828'

const badPhones = (rest: Readonly<Record<string, unknown>> = {}): InvalidExample[] =>
  [undefined, null, 8613800138000, '', 'x', '+', '+86 138 0013 8000 ext 5', 'nul\u0000', '1'.repeat(33)].map(
    bad => ({ payload: { ...rest, phone: bad }, at: 'phone' }),
  )

export const phoneExamples: ExamplesOf<`auth.${'send-code' | 'verify-code'}`> = {
  'auth.send-code': {
    valid: [{ phone }, { phone: '138 0013-8000' }],
    invalid: badPhones(),
    output: { expiresIn: CODE_SECONDS, retryAfter: CODE_RETRY_SECONDS },
  },
  'auth.verify-code': {
    valid: [
      { phone, code, nickname: 'Wei' },
      { phone, code: ` ${code} `, nickname: null },
    ],
    invalid: [
      ...badPhones({ code }),
      ...[undefined, 271828, '', '27182', '2718281', '27182x', '２７１８２８'].map(bad => ({
        payload: { phone, code: bad },
        at: 'code',
      })),
      { payload: { phone, code, nickname: ' ' }, at: 'nickname' },
      { payload: { phone, code, nickname: 'x'.repeat(101) }, at: 'nickname' },
    ],
    output: {
      token,
      refreshToken: 'rt_9d21c4',
      expiresIn: 86_400,
      isNewUser: true,
      user: { ...user, phone, realName: null, nickname: 'Wei', lastSeen: null, updatedAt: times.created },
    },
  },
}
