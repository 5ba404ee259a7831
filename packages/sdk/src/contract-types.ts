/** Types only: at run time the browser gets nothing of the contracts but `@parley/contracts/spelling`, which has no Zod. */
import type { RawInput } from '@parley/contracts'

export type {
  ErrorCode,
  EventData,
  EventName,
  FieldProblem,
  Friend,
  FriendRequest,
  Identified,
  Me,
  Message,
  MessageFile,
  OperationName,
  Operator,
  OperatorCard,
  Output,
  Pagination,
  Participant,
  PersonCard,
  PersonStatus,
  RawInput,
  SenderType,
  Session,
  SessionList,
  UploadedFile,
  User,
  WaitEstimate,
} from '@parley/contracts'

/** `{ userId, userHash, name?, email? }` */
export type Identify = RawInput<'auth.identify'>
