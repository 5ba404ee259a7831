import { badIds } from './bad-values.ts'
import type { ExamplesOf } from './define.ts'
import { ids, operator, session } from './entities.ts'

const operatorId = ids.operator
const all = { valid: [{}], invalid: [], output: [operator] }

export const operatorExamples: ExamplesOf<
  `operator.${'list' | 'online' | 'available' | 'create' | 'update' | 'set-status' | 'assign'}` | 'stats.desk'
> = {
  'operator.list': all,
  'operator.online': all,
  'operator.available': all,
  'operator.create': {
    valid: [{ name: 'Ada', username: 'ada', password: 'correct horse', maxUsers: 2 }, { name: 'Ada' }],
    invalid: [
      { payload: {}, at: 'name' },
      { payload: { name: ' ' }, at: 'name' },
      { payload: { name: 'Ada', maxUsers: -1 }, at: 'maxUsers' },
      { payload: { name: 'Ada', maxUsers: 1001 }, at: 'maxUsers' },
      { payload: { name: 'Ada', maxUsers: 1.5 }, at: 'maxUsers' },
      { payload: { name: 'Ada', maxUsers: '2' }, at: 'maxUsers' },
      { payload: { name: 'Ada', username: 'ada' }, at: 'password' },
      { payload: { name: 'Ada', username: 'a b', password: 'long enough' }, at: 'username' },
      { payload: { name: 'Ada', username: 'ada', password: 'short' }, at: 'password' },
      { payload: { name: 'Ada', avatar: 'javascript:alert(1)' }, at: 'avatar' },
    ],
    output: operator,
  },
  'operator.update': {
    valid: [
      { operatorId, maxUsers: 5 },
      { operatorId, isActive: false, avatar: '' },
      { operatorId, username: 'ada', password: 'a good password' },
    ],
    invalid: [
      { payload: { operatorId, maxUsers: 'many' }, at: 'maxUsers' },
      { payload: { operatorId, isActive: 'yes' }, at: 'isActive' },
      { payload: { operatorId, name: '' }, at: 'name' },
      { payload: { operatorId, avatar: 'http://example.com/a.png' }, at: 'avatar' },
      { payload: { operatorId, avatar: '//evil.example/x.png' }, at: 'avatar' },
      { payload: { operatorId, avatar: '/\\evil.example/x.png' }, at: 'avatar' },
      { payload: { operatorId, avatar: '/\t/evil.example/x.png' }, at: 'avatar' },
    ],
    output: operator,
  },
  'operator.set-status': {
    valid: [{ operatorId, status: 'online' }],
    invalid: [
      ...badIds('operatorId', { status: 'online' }),
      { payload: { operatorId }, at: 'status' },
      { payload: { operatorId, status: 'away' }, at: 'status' },
    ],
    output: operator,
  },
  'operator.assign': {
    valid: [
      { sessionId: ids.session, strategy: 'least-busy' },
      { sessionId: ids.session, operatorId },
    ],
    invalid: [
      ...badIds('sessionId'),
      { payload: { sessionId: ids.session, strategy: 'random' }, at: 'strategy' },
      { payload: { sessionId: ids.session, operatorId: '' }, at: 'operatorId' },
      { payload: { sessionId: ids.session, toQueue: 'yes' }, at: 'toQueue' },
    ],
    output: { session, operator },
  },
  'stats.desk': {
    valid: [{}],
    invalid: [],
    output: {
      totalSessions: 120,
      waitingSessions: 2,
      activeSessions: 6,
      endedSessions: 112,
      totalMessages: 1840,
      onlineAgents: 4,
      availableAgents: 1,
      averageWaitMs: 41_000,
      averageDurationMs: 509_000,
    },
  },
}
