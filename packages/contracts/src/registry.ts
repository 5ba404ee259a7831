import * as auth from './auth.ts'
import type { Event, InputOf, Operation, OutputOf, RawInputOf } from './define.ts'
import * as file from './file.ts'
import * as friend from './friend.ts'
import * as group from './group.ts'
import * as health from './health.ts'
import * as message from './message.ts'
import * as messageChange from './message-change.ts'
import * as operator from './operator.ts'
import * as phone from './phone.ts'
import * as chat from './private.ts'
import * as profile from './profile.ts'
import * as search from './search.ts'
import * as session from './session.ts'
import * as site from './site.ts'
import * as stats from './stats.ts'
import * as typing from './typing.ts'
import * as user from './user.ts'

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
  file.setAvatar,
  file.fileUpload,
  user.userList,
  user.userOnline,
  user.userGet,
  user.userSave,
  user.userPublic,
  user.userSearch,
  user.userJoin,
  user.userSetStatus,
  friend.friendAsk,
  friend.friendAccept,
  friend.friendReject,
  friend.friendWithdraw,
  friend.friendRemove,
  friend.friendRemark,
  friend.friendBlock,
  friend.friendUnblock,
  friend.friendRequests,
  friend.friendSent,
  friend.friendList,
  friend.friendBlocked,
  friend.friendFind,
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
  chat.inboxOpen,
  chat.sessionPrivate,
  chat.sessionOfUser,
  chat.sessionRead,
  group.sessionGroup,
  group.sessionUpdate,
  group.sessionAdd,
  group.sessionRemove,
  group.sessionParticipants,
  message.messageSend,
  message.messageList,
  message.messageRead,
  chat.messageHistory,
  chat.messageUnread,
  search.messageSearch,
  messageChange.messageRecall,
  messageChange.messageDelete,
  messageChange.messageReact,
  messageChange.messageForward,
  typing.typingSet,
  operator.operatorList,
  operator.operatorOnline,
  operator.operatorAvailable,
  operator.operatorCreate,
  operator.operatorUpdate,
  operator.operatorSetStatus,
  operator.operatorAssign,
  stats.statsDesk,
  stats.statsUser,
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
  messageChange.messageRecalled,
  messageChange.messageReacted,
  session.sessionAssigned,
  session.sessionWaiting,
  session.sessionEnded,
  session.participantsChanged,
  group.sessionUpdated,
  chat.sessionOpened,
  session.sessionListed,
  session.sessionUnlisted,
  session.queuePosition,
  session.userJoined,
  session.userLeft,
  typing.typingChanged,
  operator.operatorChanged,
  user.presenceChanged,
  friend.friendRequested,
  friend.friendAdded,
  friend.friendRemoved,
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
