import type pg from 'pg'
import type { Fault } from '../fault.ts'
import type { Migration } from '../migrations/files.ts'
import { expectedColumns } from './expected-columns.ts'
import { findColumns, type SchemaColumn } from './find-columns.ts'
import type { SchemaObject } from './find-objects.ts'
import { AS_MIGRATIONS } from './remedy.ts'

/** Columns that are missing or other than the migrations made them, in the tables that there are. */
export async function columnFaults(
  client: Pick<pg.ClientBase, 'query'>,
  migrations: readonly Migration[],
  objects: readonly SchemaObject[],
): Promise<Fault[]> {
  const tables = new Set(objects.filter(({ kind }) => kind === 'table').map(({ name }) => name))
  const found = new Map((await findColumns(client)).map(column => [column.name, column]))
  return expectedColumns(migrations)
    .filter(({ name }) => tables.has(name.split('.')[0] ?? ''))
    .flatMap(expected => problems(expected, found.get(expected.name)))
    .map(problem => ({ problem, remedy: AS_MIGRATIONS }))
}

function problems({ name, type, required }: SchemaColumn, found: SchemaColumn | undefined): string[] {
  if (found === undefined) return [`The column ${name} is missing.`]
  return [
    ...(found.type === type ? [] : [`The column ${name} is of type ${found.type} instead of ${type}.`]),
    ...(found.required === required
      ? []
      : [
          `The column ${name} ${required ? 'may be empty and must not' : 'must not be empty and should be able to'}.`,
        ]),
  ]
}
