import { keepPrivate, readPrivate, removePrivate, writePrivate } from '../../secrets/private-file.ts'

export interface NotedPerson {
  readonly username: string
  readonly password: string
}

/** A file in which first passwords wait until they are changed, readable by its owner only. */
export interface PasswordNote {
  readonly file: string
  /** Null if there is none. */
  read(): Promise<readonly NotedPerson[] | null>
  /** Writes them down unless there is a note already; answers with those who stand in it. */
  keep(people: readonly NotedPerson[]): Promise<readonly NotedPerson[]>
  /** Only these are left in it; without any the file goes. */
  leave(people: readonly NotedPerson[]): Promise<void>
}

const HEADING = '# First passwords of this Parley. Whoever changes one is struck off here.'

export const passwordNote = (file: string): PasswordNote => ({
  file,
  async read() {
    const text = await readPrivate(file)
    return text === null ? null : parse(text)
  },
  keep: async people => parse(await keepPrivate(file, print(people))),
  leave: people => (people.length === 0 ? removePrivate(file) : writePrivate(file, print(people))),
})

const print = (people: readonly NotedPerson[]): string =>
  [HEADING, ...people.map(({ username, password }) => `${username} ${password}`), ''].join('\n')

const parse = (text: string): NotedPerson[] =>
  text
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'))
    .map(line => line.trim().split(' '))
    .flatMap(([username, password]) => (username && password ? [{ username, password }] : []))
