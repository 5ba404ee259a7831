/** The database can't be brought up to date. The message is one line that says what to do. */
export class MigrationProblem extends Error {
  override readonly name = 'MigrationProblem'
}
