import type { OperationName } from '../registry.ts'
import { authExamples } from './auth.ts'
import type { ExamplesOf } from './define.ts'
import { fileExamples } from './file.ts'
import { messageExamples } from './message.ts'
import { operatorExamples } from './operator.ts'
import { phoneExamples } from './phone.ts'
import { profileExamples } from './profile.ts'
import { searchExamples } from './search.ts'
import { sessionExamples } from './session.ts'
import { siteExamples } from './site.ts'

export type { InvalidExample, OperationExamples } from './define.ts'
export * as exampleEntities from './entities.ts'
export { eventExamples } from './events.ts'

/** Of every operation: what it takes, what it refuses, what it answers. */
export const operationExamples: ExamplesOf<OperationName> = {
  ...authExamples,
  ...phoneExamples,
  ...profileExamples,
  ...fileExamples,
  ...sessionExamples,
  ...messageExamples,
  ...searchExamples,
  ...operatorExamples,
  ...siteExamples,
}
