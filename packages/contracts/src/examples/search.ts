import { KEYWORD_MAX } from '../search.ts'
import { badPages } from './bad-values.ts'
import type { ExamplesOf, InvalidExample } from './define.ts'
import { ids, message, pagination, userId } from './entities.ts'

const keyword = 'order'
const badKeywords = [undefined, null, 7, ['a'], 'nul\u0000', '\ud800', 'x'.repeat(KEYWORD_MAX * 10 + 1)]
const badIds = [7, 'a/b', 'x'.repeat(65)]

const bad = (at: string, values: readonly unknown[]): InvalidExample[] =>
  values.map(value => ({ payload: { keyword, [at]: value }, at }))

export const searchExamples: ExamplesOf<'message.search'> = {
  'message.search': {
    valid: [
      { keyword },
      { keyword: '发票 4711', userId, sessionId: ids.session, page: 2, limit: 10 },
      { keyword, before: ids.message, sessionId: '' },
    ],
    invalid: [
      ...bad('keyword', badKeywords),
      ...bad('userId', badIds),
      ...bad('sessionId', badIds),
      ...bad('before', badIds),
      ...badPages.map(({ payload, at }) => ({ payload: { keyword, ...(payload as object) }, at })),
    ],
    output: { items: [message], pagination },
  },
}
