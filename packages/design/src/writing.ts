/** As the server counts: code points, after trimming. */
export const lengthOf = (text: string): number => [...text.trim()].length

interface KeyPress {
  readonly key: string
  readonly keyCode: number
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly isComposing: boolean
}

/** Safari ends a composition before its Enter, which then has only this code to be known by (UI Events, 229). */
const COMPOSING = 229

/** Enter sends; Shift+Enter is a new line; the Enter that accepts an input method's word is neither. */
export const sendsOn = (press: KeyPress): boolean =>
  press.key === 'Enter' &&
  !press.shiftKey &&
  !press.altKey &&
  !press.isComposing &&
  press.keyCode !== COMPOSING
