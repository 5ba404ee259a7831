import type pg from 'pg'

export interface SchemaColumn {
  /** With its table: `users.id`. */
  readonly name: string
  /** As PostgreSQL calls it. */
  readonly type: string
  /** Is NOT NULL. */
  readonly required: boolean
}

const COLUMNS = `
  SELECT c.relname || '.' || a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
    AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY c.relname, a.attnum`

/** The columns of the tables in the database's schema. */
export async function findColumns(client: Pick<pg.ClientBase, 'query'>): Promise<readonly SchemaColumn[]> {
  return (await client.query<SchemaColumn>(COLUMNS)).rows
}
