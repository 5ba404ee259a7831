export const AS_MIGRATIONS = 'Restore the database from a copy, or make it again as prisma/migrations does.'
