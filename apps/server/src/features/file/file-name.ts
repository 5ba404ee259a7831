import { FILE_NAME_MAX } from '@parley/contracts'

/** What browsers write for the quotation marks of a name in a form (HTML, “Multipart form data”). */
const QUOTE = /%22/g
const FOLDERS = /^.*[/\\]/s
/** Control characters, half characters, and those that turn the line round, so that `gpj.exe` reads `exe.jpg`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNREADABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu
const ENDING = /\.[^.]{1,20}$/
const NAMELESS = 'file'

/** The name that a sender's file has, fit to be shown and stored: no folders, no tricks, not too long. */
export function cleanFileName(given: string): string {
  const name = given.replace(QUOTE, '"').replace(FOLDERS, '').replace(UNREADABLE, '').trim()
  if (/^\.*$/.test(name)) return NAMELESS
  if (name.length <= FILE_NAME_MAX) return name
  const [ending = ''] = ENDING.exec(name) ?? []
  return name.slice(0, FILE_NAME_MAX - ending.length).replace(/\p{Surrogate}$/u, '') + ending
}
