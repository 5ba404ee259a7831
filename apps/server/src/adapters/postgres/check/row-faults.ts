import type pg from 'pg'
import type { Fault } from '../fault.ts'

/** A query that finds one row's name for each thing that is wrong, and what that means. */
interface Rule {
  readonly sql: string
  problem(names: string): string
  readonly remedy: string
}

/** A few names are enough to begin with. */
const SHOWN = 5

const fromCopy =
  'Restore the database from a copy that was made before; the server itself never leaves it so.'

/** What no constraint can hold: rows of several tables that must agree. */
const rules: readonly Rule[] = [
  {
    sql: `SELECT o.user_id AS name FROM operators o WHERE o.load <> (
            SELECT count(*) FROM sessions s WHERE s.site_id = o.site_id AND s.operator_id = o.user_id
              AND s.type = 'support' AND s.status = 'active')`,
    problem: names => `The load of these operators is not the number of their active sessions: ${names}.`,
    remedy:
      `Stop the servers and run: UPDATE operators o SET load = (SELECT count(*) FROM sessions s WHERE s.site_id = ` +
      `o.site_id AND s.operator_id = o.user_id AND s.type = 'support' AND s.status = 'active');`,
  },
  {
    sql: `SELECT s.id AS name FROM sessions s
          LEFT JOIN (SELECT session_id, count(*) AS count, max(seq) AS last FROM messages GROUP BY session_id) m
            ON m.session_id = s.id
          WHERE s.last_seq <> coalesce(m.last, 0) OR s.last_seq <> coalesce(m.count, 0)`,
    problem: names => `In these sessions messages are missing, or are not counted: ${names}.`,
    remedy: fromCopy,
  },
  {
    sql: `SELECT DISTINCT m.session_id AS name FROM messages m
          WHERE NOT EXISTS (SELECT FROM sessions s WHERE s.id = m.session_id AND s.site_id = m.site_id)`,
    problem: names => `These sessions are gone, but their messages are there: ${names}.`,
    remedy: fromCopy,
  },
]

export async function rowFaults(client: Pick<pg.ClientBase, 'query'>): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const { sql, problem, remedy } of rules) {
    const { rows } = await client.query<{ name: string }>(`${sql} ORDER BY 1 LIMIT ${SHOWN + 1}`)
    const names = rows.slice(0, SHOWN).map(({ name }) => name)
    const shown = rows.length > SHOWN ? [...names, '…'] : names
    if (rows.length > 0) faults.push({ problem: problem(shown.join(', ')), remedy })
  }
  return faults
}
