/** A small tree in which every arrow points the right way. */
export const lawful: Record<string, string> = {
  'packages/contracts/src/index.ts':
    "import { z } from 'zod'\nexport * from './bindings/spelling.ts'\nexport const id = z.string()",
  'packages/contracts/src/bindings/spelling.ts':
    "import type { Text } from '../message.ts'\nexport const spell = (text: Text) => text",
  'packages/contracts/src/message.ts': "import { z } from 'zod'\nexport type Text = z.infer<typeof z>",
  'packages/contracts/src/message.test.ts': "import 'vitest'\nimport './message.ts'",
  'packages/core/src/index.ts': "import { id } from '@parley/contracts'\nexport const rule = id",
  'packages/core/src/testing/index.ts': "import 'vitest'\nimport 'fast-check'\nimport '../index.ts'",
  'packages/sdk/src/index.ts':
    "import type { id } from '@parley/contracts'\nimport { spell } from '@parley/contracts/spelling'\nimport 'socket.io-client'\nexport const client = spell",
  'packages/sdk/src/react/index.ts': "import 'react'\nexport * from '../index.ts'",
  'apps/customer-widget/src/main.tsx':
    "import 'react'\nimport '@parley/sdk'\nimport './features/session/view.ts'",
  'apps/customer-widget/src/features/session/view.ts': "import '../unread/index.ts'",
  'apps/customer-widget/src/features/unread/index.ts': "import './count.ts'",
  'apps/customer-widget/src/features/unread/count.ts': 'export const count = 0',
  'apps/operator-console/src/main.tsx': "import '@parley/sdk'\nimport '@parley/sdk/react'\nimport 'radix-ui'",
  'apps/server/src/server.ts': "import './adapters/store.ts'\nimport './transports/rest.ts'",
  'apps/server/src/cli.ts': "import './adapters/store.ts'",
  'apps/server/src/adapters/store.ts': "import 'pg'\nimport '@parley/core'\nimport '../generated/client.ts'",
  'apps/server/src/generated/client.ts': "import '@prisma/client'",
  'apps/server/src/operations/run.ts': "import '@parley/core'",
  'apps/server/src/transports/rest.ts':
    "import 'fastify'\nimport '../operations/run.ts'\nimport type { rule } from '@parley/core'",
  'apps/server/src/adapters/store.test.ts': "import '@parley/core/testing'\nimport '../server.ts'",
  'tooling/e2e/src/chat.test.ts': "import '@parley/sdk'",
}

/** For each fence, a file that breaks it. */
export const planted: Record<string, Record<string, string>> = {
  'contracts-know-only-zod': { 'packages/contracts/src/planted-fs.ts': "import 'node:fs'" },
  'spelling-loads-no-zod': {
    'packages/contracts/src/bindings/spelling.ts': "import { z } from 'zod'\nexport const spell = z",
  },
  'core-knows-only-contracts': { 'packages/core/src/planted-zod.ts': "import 'zod'" },
  'core-testing-needs-only-a-test-runner': { 'packages/core/src/testing/planted-pg.ts': "import 'pg'" },
  'testing-stays-in-tests': { 'apps/server/src/planted-testing.ts': "import '@parley/core/testing'" },
  'tests-are-imported-by-nobody': { 'packages/contracts/src/planted-test.ts': "import './message.test.ts'" },
  'sdk-knows-only-contracts-and-its-link': { 'packages/sdk/src/planted-core.ts': "import '@parley/core'" },
  'sdk-react-stays-under-react': { 'packages/sdk/src/react/planted-radix.ts': "import 'radix-ui'" },
  'sdk-client-does-not-know-react': { 'packages/sdk/src/planted-hooks.ts': "import './react/index.ts'" },
  'browsers-load-no-schemas': {
    'apps/operator-console/src/planted-schema.ts':
      "import { id } from '@parley/contracts'\nexport const mine = id",
  },
  'screens-know-no-rules': {
    'apps/operator-console/src/planted-core.ts':
      "import type { rule } from '@parley/core'\nexport type Rule = rule",
  },
  'widget-stays-small': { 'apps/customer-widget/src/planted-radix.ts': "import 'radix-ui'" },
  'nothing-imports-an-app': {
    'packages/sdk/src/planted-app.ts': "import '../../../apps/server/src/server.ts'",
  },
  'apps-do-not-import-each-other': {
    'apps/operator-console/src/planted-app.ts': "import '../../server/src/server.ts'",
  },
  'tools-drive-from-outside': { 'tooling/e2e/src/planted-core.test.ts': "import '@parley/core'" },
  'features-meet-at-their-index': {
    'apps/customer-widget/src/features/session/planted-inside.ts': "import '../unread/count.ts'",
  },
  'transports-do-not-know-adapters': {
    'apps/server/src/transports/planted-adapter.ts': "import '../adapters/store.ts'",
  },
  'adapters-do-not-know-transports': {
    'apps/server/src/adapters/planted-door.ts': "import '../transports/rest.ts'",
  },
  'operations-do-not-know-doors-or-drivers': {
    'apps/server/src/operations/planted-adapter.ts': "import '../adapters/store.ts'",
  },
  'transports-reach-the-core-through-operations': {
    'apps/server/src/transports/planted-core.ts':
      "import { rule } from '@parley/core'\nexport const mine = rule",
  },
  'adapters-meet-doors-in-server-only': {
    'apps/server/src/planted-adapter.ts': "import './adapters/store.ts'",
  },
  'doors-open-in-server-only': { 'apps/server/src/planted-door.ts': "import './transports/rest.ts'" },
  'drivers-stay-in-adapters': { 'apps/server/src/planted-sql.ts': "import 'pg'" },
  'web-frameworks-stay-in-doors': { 'apps/server/src/operations/planted-fastify.ts': "import 'fastify'" },
  'no-cycles': {
    'packages/core/src/planted-there.ts': "import './planted-back.ts'",
    'packages/core/src/planted-back.ts': "import './planted-there.ts'",
  },
  'every-import-resolves': { 'packages/core/src/planted-nowhere.ts': "import './nowhere.ts'" },
}
