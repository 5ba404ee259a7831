import { z } from 'zod'
import { user } from './account.ts'
import { defineOperation } from './define.ts'
import { absentable, displayName, emptiable, optional, picture } from './primitives.ts'

export const userProfile = defineOperation({
  name: 'user.profile',
  kind: 'query',
  summary: 'The caller as others and it itself see it.',
  who: ['person'],
  input: z.object({}),
  output: user,
  errors: ['not_found'],
})

export const updateProfile = defineOperation({
  name: 'user.update-profile',
  kind: 'command',
  summary: 'Changes what is given of the caller’s profile; `""` empties `realName` and `email`.',
  who: ['person'],
  input: z.object({
    nickname: optional(displayName),
    realName: emptiable(displayName),
    email: emptiable(z.email().max(254)),
    /** One of the caller’s own uploads, as for `user.set-avatar`. */
    avatar: absentable(picture),
  }),
  output: user,
  errors: ['not_found', 'unsupported_media_type'],
})

export const setNickname = defineOperation({
  name: 'user.set-nickname',
  kind: 'command',
  summary: 'Changes the caller’s nickname.',
  who: ['person'],
  input: z.object({ nickname: displayName }),
  output: user,
  errors: ['not_found'],
})
