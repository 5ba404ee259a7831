import type { GroupRequest, GroupResult } from '@parley/core'
import { refusalOfBringing } from './bringing.ts'
import { createTalk } from './create-talk.ts'
import { keepDeed, type Step } from './step.ts'

export async function openGroup(step: Step, request: GroupRequest): Promise<GroupResult> {
  const { id, name, ownerId, userIds, showsHistory } = request
  const others = userIds.filter(userId => userId !== ownerId)
  const code =
    (await refusalOfBringing(step, [ownerId], { ...request, friendsOf: null })) ??
    (await refusalOfBringing(step, others, request))
  if (code) return { kind: 'refused', code }
  const talk = { id, type: 'group', name, ownerId, showsHistory } as const
  const at = await createTalk(step, talk, [ownerId, ...others])
  await keepDeed(step, request.audit, { action: 'session.group', sessionId: id, data: { name }, at })
  return { kind: 'opened', sessionId: id }
}
