import type { Migration } from '../migrations/files.ts'
import type { ObjectKind, SchemaObject } from './find-objects.ts'

type Expected = Pick<SchemaObject, 'kind' | 'name'>

const CREATED =
  /\b(?:CREATE (?:OR REPLACE )?(?:UNIQUE )?(?<what>TABLE|TYPE|INDEX|TRIGGER|FUNCTION)|CONSTRAINT) (?:IF NOT EXISTS )?"?(?<name>\w+)"?(?: (?<constraint>PRIMARY KEY|FOREIGN KEY|CHECK|UNIQUE))?/g
const DROPPED = /\bDROP (?:TABLE|TYPE|INDEX|TRIGGER|FUNCTION|CONSTRAINT) (?:IF EXISTS )?"?(?<name>\w+)"?/g

const kinds: Record<string, ObjectKind> = {
  TABLE: 'table',
  TYPE: 'type',
  INDEX: 'index',
  TRIGGER: 'trigger',
  FUNCTION: 'function',
  'PRIMARY KEY': 'key',
  UNIQUE: 'key',
  'FOREIGN KEY': 'relation',
  CHECK: 'rule',
}

/** What the migrations make, as their text says it. A test holds it against what they really make. */
export function expectedObjects(migrations: readonly Migration[]): readonly Expected[] {
  const objects = new Map<string, Expected>()
  for (const { sql } of migrations) {
    const text = sql.replaceAll(/--.*$/gm, '')
    for (const { groups } of text.matchAll(DROPPED)) objects.delete(groups?.['name'] ?? '')
    for (const { groups } of text.matchAll(CREATED)) {
      const kind = kinds[groups?.['what'] ?? groups?.['constraint'] ?? '']
      const name = groups?.['name']
      if (kind !== undefined && name !== undefined) objects.set(name, { kind, name })
    }
  }
  return [...objects.values()]
}
