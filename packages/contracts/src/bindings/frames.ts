import { z } from 'zod'
import { change } from '../primitives.ts'
import { tells } from './define.ts'
import { wireMessage } from './entities.ts'
import { toWireMessage } from './spelling.ts'

/** §8, server → client. The rest of the friends family comes with its own issue; the names of §6 are taken on `/ws` too. */
export const FRAME_EVENTS = [
  tells({
    event: 'new_message',
    of: 'message.created',
    payload: e => ({ message: toWireMessage(e.message), change: e.change }),
    schema: z.object({ message: wireMessage, change }),
  }),
]
