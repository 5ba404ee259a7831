import { z } from 'zod'
import { id, picture, time } from './primitives.ts'

export const ROLES = ['admin', 'operator', 'doctor', 'nurse', 'user', 'visitor', 'system'] as const
export const role = z.enum(ROLES)
export type Role = z.output<typeof role>

/** Staff answer visitors or look after them; of these only `operator` is in the pool that is assigned to. */
export const STAFF_ROLES: readonly Role[] = ['admin', 'operator', 'doctor', 'nurse']
export const isStaff = (value: Role): boolean => STAFF_ROLES.includes(value)

export const personStatus = z.enum(['online', 'offline', 'away'])
export type PersonStatus = z.output<typeof personStatus>

/** `email` and `phone` are null to those who may not see them. */
export const user = z.object({
  id,
  username: z.string().nullable(),
  realName: z.string().nullable(),
  nickname: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  avatar: picture.nullable(),
  role,
  status: personStatus,
  lastSeen: time.nullable(),
  isActive: z.boolean(),
  createdAt: time,
  updatedAt: time,
})
export type User = z.output<typeof user>
