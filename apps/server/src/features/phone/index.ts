export { ALLOWANCE_MS, type Allowance } from './allowances.ts'
export { type PhoneHandlers, phoneHandlers } from './phone-handlers.ts'
export type { NewPhoneCode, PhoneStore } from './phone-store.ts'
export type { Handover, Sms, Text } from './sms.ts'
