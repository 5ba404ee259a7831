import type { ExamplesOf } from './define.ts'
import { user } from './entities.ts'

const own = { ...user, phone: '+8613800138000', nickname: 'Wei', email: 'wei@example.com' }
const badNicknames = [7, ' ', 'x'.repeat(101), 'nul\u0000', '\ud800'].map(nickname => ({
  payload: { nickname },
  at: 'nickname',
}))

export const profileExamples: ExamplesOf<`user.${'profile' | 'update-profile' | 'set-nickname'}`> = {
  'user.profile': { valid: [{}], invalid: [], output: own },
  'user.update-profile': {
    valid: [
      { nickname: 'Wei', realName: 'Lin Wei', email: 'wei@example.com' },
      { realName: '', email: '', nickname: null },
      {},
    ],
    invalid: [
      ...badNicknames,
      { payload: { nickname: '' }, at: 'nickname' },
      { payload: { realName: ' ' }, at: 'realName' },
      { payload: { realName: 'x'.repeat(101) }, at: 'realName' },
      { payload: { email: 'wei' }, at: 'email' },
      { payload: { email: ['wei@example.com'] }, at: 'email' },
      { payload: { email: `${'x'.repeat(250)}@example.com` }, at: 'email' },
    ],
    output: own,
  },
  'user.set-nickname': {
    valid: [{ nickname: 'Wei' }],
    invalid: [
      ...badNicknames,
      { payload: {}, at: 'nickname' },
      { payload: { nickname: null }, at: 'nickname' },
    ],
    output: own,
  },
}
