import { join } from 'node:path'
import type { Strategy } from '@parley/contracts'
import type { Clock, Ids } from '@parley/core'
import type { Settings } from '../../config/settings.ts'
import { makeSecret } from '../../secrets/make-secret.ts'
import { readablePassword } from '../../secrets/readable-password.ts'
import { type Account, hashPassword, isPassword } from '../auth/index.ts'
import { type NotedPerson, type PasswordNote, passwordNote } from './password-note.ts'
import type { FirstPerson, SiteStore } from './site-store.ts'

export interface FirstStartParts {
  readonly store: SiteStore
  readonly accountByUsername: (username: string) => Promise<Account | null>
  readonly clock: Clock
  readonly ids: Ids
  readonly dataDir: string
  readonly strategy: Strategy
  /** Shall a new site have operators that a stranger can sign in as? */
  readonly demo: boolean
}

export interface FirstStart {
  /** Was the site made just now, by this server? */
  readonly made: boolean
  /** The first admin, while its password is still the one it was made with. */
  readonly admin: NotedPerson | null
  readonly adminFile: string
  /** The demo's operators, while theirs are. */
  readonly demo: readonly NotedPerson[]
  readonly demoFile: string
  /** A person has seen the admin's password: it need not be kept. */
  shown(): Promise<void>
  /** Somebody has changed this password. */
  passwordGone(password: string): Promise<void>
}

const ADMIN = { username: 'admin', name: 'Admin', role: 'admin', mustChangePassword: true } as const
/** A stranger finds somebody to sign in as: only in the database that a first `npm start` makes, never in production. */
export const wantsDemo = (settings: Pick<Settings, 'environment' | 'databaseUrl'>): boolean =>
  settings.environment === 'development' && settings.databaseUrl === null

/** Those of the sample data: see prisma/seed. Their passwords are for whoever tries things out. */
const DEMO_OPERATORS = [
  { id: 'demo-ada', username: 'demo-ada', name: 'Ada', role: 'operator', mustChangePassword: false },
  { id: 'demo-lin', username: 'demo-lin', name: '林薇', role: 'operator', mustChangePassword: false },
] as const

/**
 * Makes the site and its first people where there is none. Their passwords are written down before they count, and
 * what is written down already is used again: whichever of two servers makes the site, and wherever one that is
 * killed stops, a password that counts can be read.
 */
export async function firstStart(parts: FirstStartParts): Promise<FirstStart> {
  const adminNote = passwordNote(join(parts.dataDir, 'first-admin.txt'))
  const demoNote = passwordNote(join(parts.dataDir, 'demo.txt'))
  const made = (await parts.store.site()) === null && (await makeSite(parts, adminNote, demoNote))
  const [admin = null] = await stillRight(parts, adminNote)
  return {
    made,
    admin,
    adminFile: adminNote.file,
    demo: await stillRight(parts, demoNote),
    demoFile: demoNote.file,
    shown: () => adminNote.leave([]),
    async passwordGone(password) {
      await strikeOff(adminNote, password)
      await strikeOff(demoNote, password)
    },
  }
}

async function makeSite(
  parts: FirstStartParts,
  adminNote: PasswordNote,
  demoNote: PasswordNote,
): Promise<boolean> {
  const people = [
    ...(await firstPeople(parts, adminNote, [ADMIN])),
    ...(parts.demo ? await firstPeople(parts, demoNote, DEMO_OPERATORS) : []),
  ]
  const site = {
    name: 'Parley',
    identitySecret: makeSecret('is_'),
    strategy: parts.strategy,
    madeAt: parts.clock.now(),
  }
  return await parts.store.makeSite(site, people)
}

type Wanted = Omit<FirstPerson, 'id' | 'passwordHash'> & { readonly id?: string }

async function firstPeople(
  parts: FirstStartParts,
  note: PasswordNote,
  wanted: readonly Wanted[],
): Promise<FirstPerson[]> {
  const noted = await note.keep(wanted.map(({ username }) => ({ username, password: readablePassword() })))
  const passwordOf = new Map(noted.map(({ username, password }) => [username, password]))
  return await Promise.all(
    wanted.map(async person => {
      const password = passwordOf.get(person.username)
      if (password === undefined)
        throw new Error(`${note.file} has no password of ${person.username}: remove it`)
      const id = person.id ?? parts.ids.next()
      return { ...person, id, passwordHash: await hashPassword(password) }
    }),
  )
}

/** Those of the note whose password still opens; the note keeps no others. */
async function stillRight(parts: FirstStartParts, note: PasswordNote): Promise<NotedPerson[]> {
  const noted = await note.read()
  if (noted === null) return []
  const right: NotedPerson[] = []
  for (const person of noted) {
    const account = await parts.accountByUsername(person.username)
    if (await isPassword(person.password, account?.passwordHash ?? null)) right.push(person)
  }
  if (right.length < noted.length || noted.length === 0) await note.leave(right)
  return right
}

async function strikeOff(note: PasswordNote, password: string): Promise<void> {
  const noted = (await note.read()) ?? []
  const left = noted.filter(person => person.password !== password)
  if (left.length < noted.length) await note.leave(left)
}
