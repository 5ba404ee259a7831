import { invalid } from '../access/invalid.ts'
import type { Deps } from '../node/handler.ts'

/** The phone number that the input's `phone` stands for, in E.164. */
export function numberOf({ phoneNumber }: Pick<Deps, 'phoneNumber'>, text: string): string {
  const phone = phoneNumber(text)
  if (phone === null) throw invalid('phone', 'must be a phone number that texts reach, with its country code')
  return phone
}
