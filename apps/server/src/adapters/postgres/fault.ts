/** Something about the database that a person has to mend. */
export interface Fault {
  readonly problem: string
  /** What to do about it. */
  readonly remedy: string
}

export function inOneLine({ problem, remedy }: Fault): string {
  return `${problem} ${remedy}`
}
