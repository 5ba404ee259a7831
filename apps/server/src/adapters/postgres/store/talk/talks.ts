import type { Message } from '@parley/contracts'
import type { MessageStore, SessionStore } from '@parley/core'
import { changeGroup } from './change-group.ts'
import { openGroup } from './open-group.ts'
import { privateSessions } from './open-private.ts'
import { react } from './react.ts'
import { recall } from './recall.ts'
import { type Desk, inOneStep, type Step } from './step.ts'

type Steps = Pick<SessionStore, 'openPrivate' | 'privateSession' | 'openGroup' | 'changeGroup'> &
  Pick<MessageStore, 'recall' | 'react'>

/** What changes private sessions, groups and single messages, each in one step. */
export function talkSteps(desk: Desk, find: (messageId: string) => Promise<Message | null>): Steps {
  /** As it stands after the step. */
  const message = async (messageId: string): Promise<Message> => {
    const found = await find(messageId)
    if (!found) throw new Error('a message that was just changed is not there')
    return found
  }
  /** A message never goes into another session. */
  const toMessage = async <T>(messageId: string, work: (step: Step) => Promise<T>) => {
    const where = { id: messageId, siteId: desk.siteId }
    const found = await desk.prisma.message.findFirst({ where, select: { sessionId: true } })
    return found ? inOneStep(desk, found.sessionId, work) : ({ kind: 'refused', code: 'not_found' } as const)
  }
  return {
    ...privateSessions(desk),
    openGroup: request => inOneStep(desk, request.id, step => openGroup(step, request)),
    changeGroup: change => inOneStep(desk, change.sessionId, step => changeGroup(step, change)),
    async recall(request) {
      const done = await toMessage(request.messageId, step => recall(step, request))
      return done.kind === 'refused' ? done : { ...done, message: await message(request.messageId) }
    },
    async react(request) {
      const done = await toMessage(request.messageId, step => react(step, request))
      return done.kind === 'refused' ? done : { ...done, message: await message(request.messageId) }
    },
  }
}
