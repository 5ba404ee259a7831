import type { OperationName } from '../registry.ts'
import { authExamples } from './auth.ts'
import { chatExamples, groupExamples } from './chat.ts'
import type { ExamplesOf } from './define.ts'
import { fileExamples } from './file.ts'
import { friendExamples } from './friend.ts'
import { messageExamples } from './message.ts'
import { messageChangeExamples } from './message-change.ts'
import { operatorExamples } from './operator.ts'
import { phoneExamples } from './phone.ts'
import { profileExamples } from './profile.ts'
import { searchExamples } from './search.ts'
import { sessionExamples } from './session.ts'
import { siteExamples } from './site.ts'
import { userExamples } from './user.ts'

export type { InvalidExample, OperationExamples } from './define.ts'
export * as exampleEntities from './entities.ts'
export { eventExamples } from './events.ts'
export { fieldFor, payloadFor } from './spelled.ts'

/** Of every operation: what it takes, what it refuses, what it answers. */
export const operationExamples: ExamplesOf<OperationName> = {
  ...authExamples,
  ...phoneExamples,
  ...profileExamples,
  ...fileExamples,
  ...userExamples,
  ...friendExamples,
  ...sessionExamples,
  ...chatExamples,
  ...groupExamples,
  ...messageExamples,
  ...messageChangeExamples,
  ...searchExamples,
  ...operatorExamples,
  ...siteExamples,
}
