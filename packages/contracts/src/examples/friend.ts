import { badIds, badOptionalIds } from './bad-values.ts'
import type { ExamplesOf } from './define.ts'
import { friend, friendId, friendRequest, other, userId } from './entities.ts'

const withFriend = { valid: [{ friendId }], invalid: badIds('friendId') }
const ofNobody = { valid: [{}], invalid: [] }
const done = { friendId }

export const friendExamples: ExamplesOf<`friend.${'request' | 'accept' | 'reject' | 'withdraw' | 'remove' | 'remark' | 'block' | 'unblock' | 'requests' | 'sent' | 'list' | 'blocked' | 'find'}`> =
  {
    'friend.request': {
      valid: [{ userId: friendId, message: 'It is Wei, from work.' }, { phone: '+8613800138000' }],
      invalid: [
        ...badOptionalIds('userId'),
        { payload: {}, at: 'userId' },
        { payload: { userId: friendId, phone: '+8613800138000' }, at: 'userId' },
        { payload: { userId: 7 }, at: 'userId' },
        { payload: { phone: '1'.repeat(41) }, at: 'phone' },
        { payload: { userId: friendId, message: 'x'.repeat(201) }, at: 'message' },
        { payload: { userId: friendId, message: ['Hi'] }, at: 'message' },
      ],
      output: { ...friendRequest, userId, friendId },
    },
    'friend.accept': { ...withFriend, output: friend },
    'friend.reject': { ...withFriend, output: done },
    'friend.withdraw': { ...withFriend, output: done },
    'friend.remove': { ...withFriend, output: done },
    'friend.remark': {
      valid: [
        { friendId, remark: 'Yu from work' },
        { friendId, remark: '' },
      ],
      invalid: [
        ...badIds('friendId', { remark: 'Yu' }),
        { payload: { friendId, remark: ' ' }, at: 'remark' },
        { payload: { friendId, remark: 'x'.repeat(101) }, at: 'remark' },
        { payload: { friendId, remark: ['Yu'] }, at: 'remark' },
      ],
      output: friend,
    },
    'friend.block': {
      valid: [{ userId: friendId }],
      invalid: badIds('userId'),
      output: { userId: friendId },
    },
    'friend.unblock': {
      valid: [{ userId: friendId }],
      invalid: badIds('userId'),
      output: { userId: friendId },
    },
    'friend.requests': { ...ofNobody, output: [friendRequest] },
    'friend.sent': { ...ofNobody, output: [{ ...friendRequest, userId, friendId }] },
    'friend.list': { ...ofNobody, output: [friend] },
    'friend.blocked': { ...ofNobody, output: [other] },
    'friend.find': {
      valid: [{ phone: '+8613800138000' }],
      invalid: [
        { payload: {}, at: 'phone' },
        { payload: { phone: '' }, at: 'phone' },
        { payload: { phone: '1'.repeat(41) }, at: 'phone' },
      ],
      output: [other],
    },
  }
