import { badIds, badOptionalIds, badPages } from './bad-values.ts'
import type { ExamplesOf, InvalidExample } from './define.ts'
import { other, pagination, times, user, userId } from './entities.ts'

const nurse = {
  id: 'nurse-7',
  username: 'zhang.min',
  realName: 'Zhang Min',
  email: 'min@example.com',
  phone: '+8613800138000',
  role: 'nurse',
} as const
const badAvatars: InvalidExample[] = [
  'javascript:alert(1)',
  'http://example.com/a.png',
  '//evil.example',
].map(avatar => ({ payload: { ...nurse, avatar }, at: 'avatar' }))

export const userExamples: ExamplesOf<`user.${'list' | 'online' | 'get' | 'save' | 'public' | 'search' | 'join' | 'set-status'}`> =
  {
    'user.list': {
      valid: [{ search: 'wei', role: 'user', page: 1, limit: 20 }, {}],
      invalid: [
        ...badPages,
        { payload: { role: 'boss' }, at: 'role' },
        { payload: { search: 'x'.repeat(101) }, at: 'search' },
      ],
      output: { items: [user], pagination },
    },
    'user.online': { valid: [{}], invalid: [], output: [user] },
    'user.get': { valid: [{ userId }], invalid: badIds('userId'), output: user },
    'user.save': {
      valid: [
        { ...nurse, password: 'correct horse battery staple' },
        { realName: 'Lin Wei', email: '', phone: null },
        { id: userId, role: 'operator', isActive: true },
        {},
      ],
      invalid: [
        ...badOptionalIds('id', nurse),
        ...badAvatars,
        { payload: { ...nurse, username: 'a b' }, at: 'username' },
        { payload: { ...nurse, password: 'short' }, at: 'password' },
        { payload: { ...nurse, email: 'min' }, at: 'email' },
        { payload: { ...nurse, realName: ' ' }, at: 'realName' },
        { payload: { ...nurse, phone: 8613800138000 }, at: 'phone' },
        { payload: { ...nurse, role: 'visitor' }, at: 'role' },
        { payload: { ...nurse, isActive: 'yes' }, at: 'isActive' },
      ],
      output: {
        user: { ...user, ...nurse, status: 'offline', lastSeen: null, updatedAt: times.created },
        created: true,
      },
    },
    'user.public': { valid: [{ userId }], invalid: badIds('userId'), output: other },
    'user.search': {
      valid: [{ keyword: 'Wei' }, { keyword: '138 0013 8000' }],
      invalid: [
        { payload: {}, at: 'keyword' },
        { payload: { keyword: '' }, at: 'keyword' },
        { payload: { keyword: 'x'.repeat(101) }, at: 'keyword' },
        { payload: { keyword: 'nul\u0000' }, at: 'keyword' },
      ],
      output: [other],
    },
    'user.join': {
      valid: [{ id: userId, username: 'lin.wei', realName: 'Lin Wei', avatar: '', role: 'user' }, {}],
      invalid: [
        ...badOptionalIds('id'),
        { payload: { id: 7 }, at: 'id' },
        { payload: { realName: 'x'.repeat(101) }, at: 'realName' },
        { payload: { avatar: ['a'] }, at: 'avatar' },
        { payload: { role: 7 }, at: 'role' },
      ],
      output: user,
    },
    'user.set-status': {
      valid: [{ status: 'away' }, { status: 'online' }],
      invalid: [
        { payload: {}, at: 'status' },
        { payload: { status: 'busy' }, at: 'status' },
        { payload: { status: 7 }, at: 'status' },
      ],
      output: { userId, status: 'away', lastSeen: null },
    },
  }
