import { z } from 'zod'
import { rest } from './define.ts'
import { wireMessage } from './entities.ts'
import { toWireMessage } from './spelling.ts'

export const SEARCH_ROUTES = [
  rest({
    method: 'GET',
    path: '/api/chat/messages/search',
    operation: 'message.search',
    answer: page => ({ data: page.items.map(toWireMessage), pagination: page.pagination }),
    data: z.array(wireMessage),
    documented: true,
  }),
]
