import type { PartRow, SessionRow } from './state.ts'

/** When somebody comes in: by which change, and at what time. */
type Coming = Pick<PartRow, 'joinedChange' | 'joinedAt'>

export const newPart = (userId: string, role: PartRow['role'], coming: Coming): PartRow => ({
  userId,
  role,
  visibleAfterSeq: 0,
  ...coming,
  leftChange: null,
  deliveredSeq: 0,
  readSeq: 0,
  reads: [],
})

export const atFirst = ({ createdAt }: SessionRow): Coming => ({ joinedChange: 0, joinedAt: createdAt })

/** Comes into a private session or group, or back: last in the order of joining, with all of before behind it (G7). */
export function join(session: SessionRow, userId: string, role: PartRow['role'], coming: Coming): void {
  const { lastSeq, showsHistory, parts } = session
  const reads = parts.get(userId)?.reads ?? []
  parts.delete(userId)
  parts.set(userId, {
    ...newPart(userId, role, coming),
    visibleAfterSeq: showsHistory ? 0 : lastSeq,
    deliveredSeq: lastSeq,
    readSeq: lastSeq,
    reads,
  })
}
