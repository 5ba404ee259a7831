import { messageList } from './message/list.ts'
import { messageSend } from './message/send.ts'
import type { Rules } from './node/node.ts'
import { operatorAssign } from './operator/assign.ts'
import { operatorAvailable, operatorList, operatorOnline } from './operator/list.ts'
import { operatorSetStatus } from './operator/set-status.ts'
import { messageSearch } from './search/message-search.ts'
import { sessionActive } from './session/active.ts'
import { sessionCreate } from './session/create.ts'
import { sessionEnd } from './session/end.ts'
import { sessionGet } from './session/get.ts'
import { sessionHistory } from './session/history.ts'
import { sessionStart } from './session/start.ts'
import { statsDesk } from './stats/desk.ts'

/** The operations that need nothing of a node but its ports. */
export const rules: Rules = {
  'session.start': sessionStart,
  'session.create': sessionCreate,
  'session.get': sessionGet,
  'session.end': sessionEnd,
  'session.active': sessionActive,
  'session.history': sessionHistory,
  'message.send': messageSend,
  'message.list': messageList,
  'message.search': messageSearch,
  'operator.list': operatorList,
  'operator.online': operatorOnline,
  'operator.available': operatorAvailable,
  'operator.set-status': operatorSetStatus,
  'operator.assign': operatorAssign,
  'stats.desk': statsDesk,
}
