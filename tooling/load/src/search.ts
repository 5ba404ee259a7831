// Search among 1,000,000 messages, against a bare round trip (health: SELECT 1) and a plain ILIKE of the same messages.
import pg from 'pg'
import { fillWithChatter, type Keywords, keywords, PEOPLE, type Person } from './chatter.ts'
import { fixed, median, pause } from './figures.ts'
import {
  API_KEY,
  dropDataDir,
  freshDatabase,
  newDataDir,
  type RunningParley,
  startParley,
} from './servers.ts'

/** Searches of each kind for each person. */
const SEARCHES = 24
/** An ILIKE reads everything: fewer of those will do. */
const SCANS = 3
/** Words of each kind. */
const WORDS = 8

interface Page {
  readonly success: boolean
  readonly pagination: { readonly total: number }
}

async function timed<T>(times: number, once: (n: number) => Promise<T>): Promise<[number, T[]]> {
  const [spent, answers]: [number[], T[]] = [[], []]
  for (let n = 0; n < times; n++) {
    const began = performance.now()
    answers.push(await once(n))
    spent.push(performance.now() - began)
  }
  return [median(spent), answers]
}

async function search(url: string, person: Person, keyword: string): Promise<number> {
  const query = new URLSearchParams({ userId: person, keyword })
  const response = await fetch(`${url}/api/chat/messages/search?${query}`, {
    headers: { 'x-api-key': API_KEY },
  })
  const answer = (await response.json()) as Page
  if (!answer.success) throw new Error(JSON.stringify(answer))
  return answer.pagination.total
}

const pattern = (word: string) => `%${word}%`
const patterns = (keyword: string) => keyword.split(' ').map(pattern)

/** What a person's own messages would be searched with if there were no index. */
const scan = (client: pg.Client, person: Person, keyword: string) =>
  client.query(
    `SELECT m.id FROM participants p JOIN messages m ON m.session_id = p.session_id AND m.seq > p.joined_seq
     WHERE p.user_id = $1 AND p.left_change IS NULL AND m.text ILIKE ALL ($2) ORDER BY m.created_at DESC LIMIT 1000`,
    [person, patterns(keyword)],
  )

/** Of these words those that are as common as their kind says. */
async function chosen(client: pg.Client, { candidates, share: [least, most] }: Keywords): Promise<string[]> {
  const fitting: string[] = []
  for (const word of candidates) {
    if (fitting.length === WORDS) break
    const { rows } = await client.query<{ share: number }>(
      'SELECT avg((text LIKE ALL ($1))::int)::float8 AS share FROM message_search',
      [patterns(word)],
    )
    const share = rows[0]?.share ?? 0
    if (share >= least && share <= most) fitting.push(word)
  }
  return fitting
}

async function fed(client: pg.Client): Promise<void> {
  const left = async () =>
    (
      await client.query(
        'SELECT FROM sessions s LEFT JOIN search_progress g ON g.session_id = s.id WHERE s.last_change > coalesce(g.change, 0) LIMIT 1',
      )
    ).rowCount
  while ((await left()) !== 0) await pause(200)
}

async function measure({ url }: RunningParley, client: pg.Client): Promise<void> {
  const [trip] = await timed(SEARCHES, () => fetch(`${url}/api/health`).then(response => response.text()))
  console.log(`a bare round trip (health): ${fixed(trip)} ms`)
  for (const kind of keywords()) {
    const words = await chosen(client, kind)
    if (words.length === 0) throw new Error(`no words: ${kind.kind}`)
    const wordAt = (n: number) => words[n % words.length] ?? ''
    for (const person of Object.keys(PEOPLE) as Person[]) {
      const [ms, totals] = await timed(SEARCHES, n => search(url, person, wordAt(n)))
      const [scanMs] = await timed(SCANS, n => scan(client, person, wordAt(n)))
      console.log(
        `SEARCH ${kind.kind}, by ${person} (${words.length} words, median ${median(totals)} found): ` +
          `median ${fixed(ms)} ms, ${fixed(ms / trip)} x a round trip, ILIKE ${fixed(scanMs)} ms = ${fixed(scanMs / ms)} x, aim 50 ms`,
      )
    }
  }
}

/** The talk is put in beside the server, which takes it into its index. */
export async function measureSearch(): Promise<void> {
  const [database, dataDir] = [await freshDatabase(), newDataDir()]
  const client = new pg.Client(database.url)
  try {
    const server = await startParley(database.url, dataDir)
    try {
      await client.connect()
      const began = performance.now()
      await fillWithChatter(client, () => fed(client))
      console.log(`filled, and taken in by the index, in ${Math.round((performance.now() - began) / 1000)} s`)
      await measure(server, client)
    } finally {
      await server.stop()
    }
  } finally {
    await client.end()
    await database.drop()
    dropDataDir(dataDir)
  }
}
