// A site full of talk for the search part: 1,000,000 messages in 2,000 groups, words as rare and common as in life.
import type pg from 'pg'

const SITE = 'default'
const GROUPS = 2000
const MESSAGES = 1_000_000
const BATCH = 25_000
const STARTED_AT = Date.UTC(2026, 0, 1)

/** Takes part in all groups, in every 100th, and in every 10th. */
export const PEOPLE = { all: 1, few: 100, some: 10 } as const
export type Person = keyof typeof PEOPLE

/** The same talk in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
const random = randomNumbers(4711)
const below = (n: number): number => Math.floor(random() * n)
/** As Zipf has it: the first is as frequent as all from the tenth to the hundredth or so. */
const zipf = (n: number): number => Math.min(n, Math.floor(Math.exp(random() * Math.log(n + 1)))) - 1

const SYLLABLES =
  'ba co di fu ge hi jo ka le mi no pe qua ri so tu ve wa xe yo za ther ing ion ent str pla cle er'
const syllables = SYLLABLES.split(' ')
const word = () => Array.from({ length: 2 + below(3) }, () => syllables[below(syllables.length)]).join('')
const english = Array.from({ length: 20_000 }, word)
const FIRST_CHARACTER = 0x4e00
const CHARACTERS = 3000
const character = () => String.fromCodePoint(FIRST_CHARACTER + zipf(CHARACTERS) * 5)

function sentence(): string {
  const words = Array.from({ length: 4 + below(14) }, () => english[zipf(english.length)] ?? '').join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
const chinese = () => Array.from({ length: 6 + below(24) }, character).join('')
const text = () =>
  random() < 0.3 ? chinese() + (random() < 0.3 ? ` OK ${english[zipf(english.length)]}` : '') : sentence()

const groupId = (n: number) => `0194a1b2-0000-7000-8000-${String(n).padStart(12, '0')}`
const groups = Array.from({ length: GROUPS }, (_, n) => groupId(n))

/**
 * Everything that a server would have stored, but for the index of search: `taken` waits until that has come in too. It
 * comes in as it is said, as it does in life; all at once, its rows would not lie in the order of time.
 */
export async function fillWithChatter(client: pg.Client, taken: () => Promise<void>): Promise<void> {
  await client.query(
    `INSERT INTO sessions (id, site_id, type, status, updated_at) SELECT g, $1, 'group', 'active', now() FROM unnest($2::text[]) g`,
    [SITE, groups],
  )
  for (const [person, every] of Object.entries(PEOPLE)) {
    await client.query(
      `INSERT INTO participants (session_id, user_id, site_id, role) SELECT g, $2, $1, 'member' FROM unnest($3::text[]) g`,
      [SITE, person, groups.filter((_, n) => n % every === 0)],
    )
  }
  const last = new Int32Array(GROUPS)
  for (let from = 0; from < MESSAGES; from += BATCH) {
    await client.query('BEGIN')
    await say(client, from, last)
    await client.query(
      `UPDATE sessions s SET last_seq = l.seq, last_change = l.seq, last_message_at = now()
       FROM unnest($1::text[], $2::int[]) AS l(id, seq) WHERE s.id = l.id`,
      [groups, [...last]],
    )
    await client.query('COMMIT')
    await taken()
  }
  await client.query('VACUUM ANALYZE')
}

async function say(client: pg.Client, from: number, last: Int32Array): Promise<void> {
  const said = Array.from({ length: BATCH }, (_, n) => {
    const group = below(GROUPS)
    last[group] = (last[group] ?? 0) + 1
    return { group: groups[group], seq: last[group], text: text(), at: STARTED_AT + (from + n) * 1000 }
  })
  await client.query(
    `INSERT INTO messages (id, site_id, session_id, seq, change, created_change, sender_id, sender_type, text, created_at, updated_at)
     SELECT m.session || '-' || m.seq, $1, m.session, m.seq, m.seq, m.seq, 'all', 'user', m.text, m.at, m.at
     FROM unnest($2::text[], $3::int[], $4::text[], $5::timestamptz[]) AS m(session, seq, text, at)`,
    [
      SITE,
      said.map(({ group }) => group),
      said.map(({ seq }) => seq),
      said.map(({ text }) => text),
      said.map(({ at }) => new Date(at)),
    ],
  )
}

export interface Keywords {
  readonly kind: string
  /** The part of the messages that such a word is in, from and to. */
  readonly share: readonly [number, number]
  readonly candidates: readonly string[]
}

const some = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make)
const anyOf = (from: number, to: number) => english[from + below(to - from)] ?? ''
const pair = (to: number) =>
  [below(to), below(to)].map(n => String.fromCodePoint(FIRST_CHARACTER + n * 5)).join('')

/** Words to try; which of them are how common is counted. */
export const keywords = (): Keywords[] => [
  { kind: 'absent', share: [0, 0], candidates: some(12, () => `${word()}qzx${word()}`) },
  { kind: 'rare word', share: [0.000_001, 0.001], candidates: some(30, () => anyOf(1000, 20_000)) },
  { kind: 'medium word', share: [0.001, 0.01], candidates: some(60, () => anyOf(50, 1000)) },
  { kind: 'fairly common word', share: [0.01, 0.1], candidates: some(60, () => anyOf(1, 60)) },
  {
    kind: 'common',
    share: [0.2, 0.6],
    candidates: ['the', 'ing', 'ent', 'ion', 'str', 'er', 'qua', english[0] ?? ''],
  },
  {
    kind: 'part of a word',
    share: [0.000_01, 0.05],
    candidates: some(40, () => anyOf(500, 20_000).slice(1, -1)),
  },
  { kind: 'two Chinese, rare', share: [0.000_001, 0.001], candidates: some(40, () => pair(300)) },
  { kind: 'two Chinese, common', share: [0.002, 0.3], candidates: some(40, () => pair(6)) },
  { kind: 'one Chinese', share: [0.000_1, 0.6], candidates: some(20, () => pair(1000).slice(0, 1)) },
  {
    kind: 'two words',
    share: [0.000_01, 0.1],
    candidates: some(40, () => `${anyOf(0, 100)} ${anyOf(0, 100)}`),
  },
]
