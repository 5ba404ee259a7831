import type { ErrorCode } from '../errors.ts'

/** Why a field is wrong, where the schema itself has no sentence for it. */
export type ProblemKey =
  | 'required'
  | 'type'
  | 'text_short'
  | 'text_long'
  | 'number_small'
  | 'number_big'
  | 'list_short'
  | 'list_long'
  | 'one_of'
  | 'whole_number'
  | 'email'
  | 'phone'
  | 'moment'
  | 'form'
  | 'too_deep'
  | 'object'
  | 'json'
  | 'encoding'
  | 'unknown_event'
  | 'one_argument'
  | 'one_file'
  | 'own_picture'
  | 'password_wrong'
  | 'password_same'
  | 'username_without_password'
  | 'password_without_username'

/** Why a field breaks a rule of the core, which knows no language: in English, with ICU's arguments. */
export type RuleSentence =
  | 'is required'
  | 'must not be empty'
  | 'must have at most {max} characters'
  | 'must be a visitor or user'
  | 'must be a message of this session'
  | 'must be a file of this server or an https URL on an allowed host'
  | 'is for automatic senders only'
  | 'excludes beforeSeq'
  | 'excludes operatorId and strategy'
  | 'must be another person'
  | 'must be the other one of this session'
  | 'must be a phone number that texts reach, with its country code'

/** ICU messages. Those of errors tell the reader what to do next; `reason` picks the sentence where a code has several causes. */
export interface Texts {
  readonly errors: Readonly<Record<ErrorCode, string>>
  readonly problems: Readonly<Record<ProblemKey, string>>
  /** What a type is called in `problems.type`. */
  readonly types: Readonly<Record<'string' | 'number' | 'int' | 'boolean' | 'array' | 'object', string>>
  readonly rules: Readonly<Record<RuleSentence, string>>
  /** What is sent to phones. */
  readonly sms: Readonly<Record<'code', string>>
  /** The schemas' own sentences, by their English wording. */
  readonly sentences: Readonly<Record<string, string>>
}
