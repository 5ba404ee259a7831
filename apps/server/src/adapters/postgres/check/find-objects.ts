import type pg from 'pg'

export type ObjectKind = 'table' | 'type' | 'relation' | 'rule' | 'key' | 'index' | 'trigger' | 'function'

export interface SchemaObject {
  readonly kind: ObjectKind
  readonly name: string
  /** False for a constraint or index that was never validated, and for a trigger that is switched off. */
  readonly works: boolean
}

// PostgreSQL 18 lists NOT NULL among the constraints ('n'), earlier ones do not; what extensions own is not ours.
const OBJECTS = `
  WITH place AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
  SELECT 'table' AS kind, relname::text AS name, true AS works
    FROM pg_class, place WHERE relnamespace = place.oid AND relkind = 'r' AND relname <> '_prisma_migrations'
  UNION ALL SELECT 'type', typname::text, true
    FROM pg_type, place WHERE typnamespace = place.oid AND typtype = 'e'
  UNION ALL SELECT CASE contype WHEN 'f' THEN 'relation' WHEN 'c' THEN 'rule' ELSE 'key' END, conname::text, convalidated
    FROM pg_constraint, place WHERE connamespace = place.oid AND contype IN ('f', 'c', 'p', 'u')
      AND conrelid::regclass::text <> '_prisma_migrations'
  UNION ALL SELECT 'index', c.relname::text, i.indisvalid
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid, place
    WHERE c.relnamespace = place.oid AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
  UNION ALL SELECT 'trigger', tgname::text, tgenabled <> 'D'
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid, place WHERE c.relnamespace = place.oid AND NOT tgisinternal
  UNION ALL SELECT 'function', proname::text, true
    FROM pg_proc p, place WHERE pronamespace = place.oid
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
  ORDER BY kind, name`

/** What there is in the database's schema. */
export async function findObjects(client: Pick<pg.ClientBase, 'query'>): Promise<readonly SchemaObject[]> {
  return (await client.query<SchemaObject>(OBJECTS)).rows
}
