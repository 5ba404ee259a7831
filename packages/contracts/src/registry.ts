import * as auth from './auth.ts'
import type { Event, InputOf, Operation, OutputOf, RawInputOf } from './define.ts'
import * as health from './health.ts'
import * as message from './message.ts'
import * as operator from './operator.ts'
import * as phone from './phone.ts'
import * as profile from './profile.ts'
import * as session from './session.ts'
import * as site from './site.ts'
import * as stats from './stats.ts'
import * as typing from './typing.ts'

/** Every operation. */
export const OPERATIONS = [
  auth.authToken,
  auth.authIdentify,
  auth.authLogin,
  phone.sendCode,
  phone.verifyCode,
  auth.authRefresh,
  auth.authLogout,
  auth.authMe,
  auth.updateMe,
  auth.changePassword,
  auth.consoleSignIn,
  auth.consoleSignOut,
  profile.userProfile,
  profile.updateProfile,
  profile.setNickname,
  session.sessionStart,
  session.sessionCreate,
  session.sessionGet,
  session.sessionEnd,
  session.sessionActive,
  session.sessionHistory,
  session.sessionSync,
  session.sessionWatch,
  session.sessionUnwatch,
  session.sessionJoin,
  session.sessionLeave,
  message.messageSend,
  message.messageList,
  message.messageRead,
  typing.typingSet,
  operator.operatorList,
  operator.operatorOnline,
  operator.operatorAvailable,
  operator.operatorCreate,
  operator.operatorUpdate,
  operator.operatorSetStatus,
  operator.operatorAssign,
  stats.statsDesk,
  site.siteGet,
  site.siteUpdate,
  site.siteWidget,
  site.identitySecretReveal,
  site.apiKeyList,
  site.apiKeyCreate,
  site.apiKeyRevoke,
  health.healthGet,
  health.rootGet,
] as const satisfies readonly Operation[]

/** Every event. */
export const EVENTS = [
  message.messageCreated,
  message.messageReadEvent,
  message.messageStatusEvent,
  session.sessionAssigned,
  session.sessionWaiting,
  session.sessionEnded,
  session.participantsChanged,
  session.sessionListed,
  session.sessionUnlisted,
  session.queuePosition,
  session.userJoined,
  session.userLeft,
  typing.typingChanged,
  operator.operatorChanged,
  auth.loginEnded,
] as const satisfies readonly Event[]

export type AnyOperation = (typeof OPERATIONS)[number]
export type OperationName = AnyOperation['name']
export type OperationNamed<N extends OperationName> = Extract<AnyOperation, { name: N }>
export type Input<N extends OperationName> = InputOf<OperationNamed<N>>
export type RawInput<N extends OperationName> = RawInputOf<OperationNamed<N>>
export type Output<N extends OperationName> = OutputOf<OperationNamed<N>>

export type AnyEvent = (typeof EVENTS)[number]
export type EventName = AnyEvent['name']
export type EventNamed<N extends EventName> = Extract<AnyEvent, { name: N }>
export type EventData<N extends EventName> = EventNamed<N>['data']['_zod']['output']

/** An event as the core emits it. */
export type Happening = { [N in EventName]: { readonly name: N; readonly data: EventData<N> } }[EventName]

export const operationsByName = Object.fromEntries(
  OPERATIONS.map(operation => [operation.name, operation]),
) as {
  [N in OperationName]: OperationNamed<N>
}
export const eventsByName = Object.fromEntries(EVENTS.map(event => [event.name, event])) as {
  [N in EventName]: EventNamed<N>
}
