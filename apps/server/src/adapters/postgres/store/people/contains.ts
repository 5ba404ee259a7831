import { Prisma } from '../../../../generated/prisma/client.ts'

/** Is `part` in it as it stands, whatever the case? */
export const contains = (column: Prisma.Sql, part: string): Prisma.Sql =>
  Prisma.sql`strpos(lower(${column}), lower(${part})) > 0`
