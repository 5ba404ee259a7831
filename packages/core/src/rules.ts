import { friendAccept, friendReject, friendWithdraw } from './friend/answer.ts'
import { friendAsk } from './friend/ask.ts'
import { friendBlock, friendUnblock } from './friend/block.ts'
import { friendFind } from './friend/find.ts'
import { friendRemark, friendRemove } from './friend/keep.ts'
import { friendBlocked, friendList, friendRequests, friendSent } from './friend/lists.ts'
import { sessionAdd } from './group/add.ts'
import { sessionGroup } from './group/open.ts'
import { sessionParticipants } from './group/participants.ts'
import { sessionRemove } from './group/remove.ts'
import { sessionUpdate } from './group/update.ts'
import { messageDelete } from './message/delete.ts'
import { messageForward } from './message/forward.ts'
import { messageList } from './message/list.ts'
import { messageReact } from './message/react.ts'
import { messageRecall } from './message/recall.ts'
import { messageSend } from './message/send.ts'
import type { Rules } from './node/node.ts'
import { operatorAssign } from './operator/assign.ts'
import { operatorAvailable, operatorList, operatorOnline } from './operator/list.ts'
import { operatorSetStatus } from './operator/set-status.ts'
import { messageHistory } from './private/history.ts'
import { sessionOfUser } from './private/of-user.ts'
import { sessionPrivate } from './private/private.ts'
import { sessionRead } from './private/read.ts'
import { messageUnread } from './private/unread.ts'
import { messageSearch } from './search/message-search.ts'
import { sessionActive } from './session/active.ts'
import { sessionCreate } from './session/create.ts'
import { sessionEnd } from './session/end.ts'
import { sessionGet } from './session/get.ts'
import { sessionHistory } from './session/history.ts'
import { sessionStart } from './session/start.ts'
import { statsDesk } from './stats/desk.ts'
import { statsUser } from './stats/user.ts'
import { userGet } from './user/get.ts'
import { userList, userOnline } from './user/list.ts'
import { userPublic } from './user/public.ts'
import { userSearch } from './user/search.ts'
import { userSetStatus } from './user/set-status.ts'

/** The operations that need nothing of a node but its ports. */
export const rules: Rules = {
  'session.start': sessionStart,
  'session.create': sessionCreate,
  'session.get': sessionGet,
  'session.end': sessionEnd,
  'session.active': sessionActive,
  'session.history': sessionHistory,
  'session.private': sessionPrivate,
  'session.of-user': sessionOfUser,
  'session.read': sessionRead,
  'session.group': sessionGroup,
  'session.update': sessionUpdate,
  'session.add-participants': sessionAdd,
  'session.remove-participant': sessionRemove,
  'session.participants': sessionParticipants,
  'message.send': messageSend,
  'message.list': messageList,
  'message.history': messageHistory,
  'message.unread': messageUnread,
  'message.recall': messageRecall,
  'message.delete': messageDelete,
  'message.react': messageReact,
  'message.forward': messageForward,
  'message.search': messageSearch,
  'friend.request': friendAsk,
  'friend.accept': friendAccept,
  'friend.reject': friendReject,
  'friend.withdraw': friendWithdraw,
  'friend.remove': friendRemove,
  'friend.remark': friendRemark,
  'friend.block': friendBlock,
  'friend.unblock': friendUnblock,
  'friend.requests': friendRequests,
  'friend.sent': friendSent,
  'friend.list': friendList,
  'friend.blocked': friendBlocked,
  'friend.find': friendFind,
  'user.list': userList,
  'user.online': userOnline,
  'user.get': userGet,
  'user.public': userPublic,
  'user.search': userSearch,
  'user.set-status': userSetStatus,
  'operator.list': operatorList,
  'operator.online': operatorOnline,
  'operator.available': operatorAvailable,
  'operator.set-status': operatorSetStatus,
  'operator.assign': operatorAssign,
  'stats.desk': statsDesk,
  'stats.user': statsUser,
}
