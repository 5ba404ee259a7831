import pg from 'pg'

export interface TestDatabase {
  readonly url: string
  /** What is kept, table by table: how many rows, and a digest of those that only commands may change. */
  contents(): Promise<Readonly<Record<string, string>>>
  drop(): Promise<void>
}

/** Written by who is connected and by the server for itself, whatever clients ask. */
const BESIDE = ['connections', 'nodes', 'jobs', 'message_search', 'search_progress', '_prisma_migrations']
/** When somebody was last seen is noted here at every request. */
const COUNTED_ONLY = ['users']

/** A database of its own on the PostgreSQL that was found. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = process.env['PARLEY_TEST_DATABASE_URL']
  if (!server) throw new Error('PARLEY_TEST_DATABASE_URL names no PostgreSQL')
  const name = `parley_e2e_${process.pid}_${Date.now()}`
  const admin = new pg.Client(server)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const inside = new pg.Client(url.href)
  await inside.connect()
  return {
    url: url.href,
    contents: () => contents(inside),
    async drop() {
      await inside.end()
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}

async function contents(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT table_name AS "table" FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
  const tables = rows.map(({ table }) => table).filter(table => !BESIDE.includes(table))
  const looks: [table: string, look: string][] = []
  for (const table of tables) {
    const digest = COUNTED_ONLY.includes(table)
      ? `''`
      : `md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), ''))`
    const found = await client.query<{ look: string }>(
      `SELECT count(*) || ' rows ' || ${digest} AS look FROM "${table}" t`,
    )
    looks.push([table, found.rows[0]?.look ?? ''])
  }
  return Object.fromEntries(looks)
}
