import { type CountryCode, type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** What is known to be no phone that a person could read a text on, or costs whoever writes to it. */
const NOT_FOR_TEXTS: ReadonlySet<NumberType> = new Set([
  'FIXED_LINE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'PAGER',
  'UAN',
  'VOICEMAIL',
])

/**
 * The number in E.164, or null if it can be none that texts reach. One whose range is younger than the library's tables
 * passes if it is as long as numbers of its country are: whether it is somebody's, the code shows.
 */
export function phoneNumberOf(text: string, region: string | null): string | null {
  const parsed = parsePhoneNumberFromString(text.trim(), {
    extract: false,
    ...(region !== null && { defaultCountry: region as CountryCode }),
  })
  if (!parsed?.isPossible() || parsed.ext !== undefined) return null
  return NOT_FOR_TEXTS.has(parsed.getType()) ? null : parsed.number
}
