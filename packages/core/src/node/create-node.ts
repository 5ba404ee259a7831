import { rules } from '../rules.ts'
import type { ChatNode, CoreSettings, Ports } from './chat-node.ts'
import { Node } from './node.ts'

/** One server process's share of Parley; call `start` before the first connection. */
export const createNode = (ports: Ports, settings: CoreSettings): ChatNode => new Node(ports, settings, rules)
