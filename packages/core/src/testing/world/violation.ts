/** A rule of SPEC.md that the world has seen broken. */
export class Violation extends Error {
  readonly rule: string

  constructor(rule: string, what: string) {
    super(`[${rule}] ${what}`)
    this.name = 'Violation'
    this.rule = rule
  }
}
