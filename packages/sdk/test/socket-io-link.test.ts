import { openSocketIo } from '../src/connection/socket-io-link.ts'
import { describeLink } from './link-suite.ts'
import { socketIoHarness } from './socket-io-harness.ts'

describeLink('socket.io', () => socketIoHarness(openSocketIo))
