import { randomInt } from 'node:crypto'

/** No letters or digits that look alike. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP = 4

/** To be copied by a person, once: 79 random bits in groups of four. */
export const readablePassword = (): string =>
  Array.from({ length: GROUPS }, () => Array.from({ length: GROUP }, letter).join('')).join('-')

const letter = () => LETTERS.charAt(randomInt(LETTERS.length))
