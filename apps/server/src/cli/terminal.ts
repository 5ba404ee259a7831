import { createInterface } from 'node:readline/promises'

/** What a command says and asks. */
export interface Terminal {
  say(line: string): void
  /** The answer, trimmed; null where nobody is there to give one. */
  ask(question: string): Promise<string | null>
}

export const processTerminal: Terminal = {
  say: line => console.log(line),
  async ask(question) {
    if (!process.stdin.isTTY || !process.stdout.isTTY) return null
    const prompt = createInterface({ input: process.stdin, output: process.stdout })
    try {
      return (await prompt.question(question)).trim()
    } finally {
      prompt.close()
    }
  },
}
