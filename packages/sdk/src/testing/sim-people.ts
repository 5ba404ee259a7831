import type { User } from '../contract-types.ts'

const AT = '2026-01-01T00:00:00.000Z'

export const simUser = (id: string, fields: Partial<User> = {}): User => ({
  id,
  username: null,
  realName: null,
  nickname: id,
  email: null,
  phone: null,
  avatar: null,
  role: 'user',
  status: 'offline',
  lastSeen: null,
  isActive: true,
  createdAt: AT,
  updatedAt: AT,
  ...fields,
})
