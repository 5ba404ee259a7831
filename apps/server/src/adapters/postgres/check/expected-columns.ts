import type { Migration } from '../migrations/files.ts'
import type { SchemaColumn } from './find-columns.ts'

const TABLE = /\bCREATE TABLE "(?<table>\w+)" \((?<body>[\s\S]*?)\n\);/g
const ADDED = /\bALTER TABLE "(?<table>\w+)" ADD COLUMN (?<line>"[^;]+);/g
const DROPPED = /\bALTER TABLE "(?<table>\w+)" DROP COLUMN "(?<name>\w+)"/g
const COLUMN =
  /^\s*"(?<name>\w+)" (?<type>"\w+"|DOUBLE PRECISION|\w+(?:\(\d+\))?)(?<list>\[\])?(?<rest>.*)$/gm

/** PostgreSQL's own names, where the migrations use others. */
const written: readonly (readonly [RegExp, string])[] = [
  [/^timestamptz(\(\d+\))?$/, 'timestamp$1 with time zone'],
  [/^varchar(\(\d+\))$/, 'character varying$1'],
]

/** The columns that the migrations make, as their text says it. A test holds it against what they really make. */
export function expectedColumns(migrations: readonly Migration[]): readonly SchemaColumn[] {
  const columns = new Map<string, SchemaColumn>()
  const keep = (table: string, text: string) => {
    for (const { groups } of text.matchAll(COLUMN)) {
      const name = `${table}.${groups?.['name']}`
      const type = `${typeOf(groups?.['type'] ?? '')}${groups?.['list'] ?? ''}`
      columns.set(name, { name, type, required: /\bNOT NULL\b/.test(groups?.['rest'] ?? '') })
    }
  }
  for (const { sql } of migrations) {
    const text = sql.replaceAll(/--.*$/gm, '')
    for (const { groups } of text.matchAll(TABLE)) keep(groups?.['table'] ?? '', groups?.['body'] ?? '')
    for (const { groups } of text.matchAll(ADDED)) keep(groups?.['table'] ?? '', groups?.['line'] ?? '')
    for (const { groups } of text.matchAll(DROPPED))
      columns.delete(`${groups?.['table']}.${groups?.['name']}`)
  }
  return [...columns.values()]
}

function typeOf(text: string): string {
  if (text.startsWith('"')) return text.slice(1, -1)
  const type = text.toLowerCase()
  return written.reduce((name, [pattern, own]) => name.replace(pattern, own), type)
}
