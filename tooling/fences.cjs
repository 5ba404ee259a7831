// Which way the arrows go: every fence, with its reason. `npm test` holds the code to them,
// and fences.test.ts shows for each one that it can fail.

const test = '\\.test\\.tsx?$'

/** What only tests use: `testing.ts`, `testing-anything.ts`, and folders of that name. */
const testing = '^(apps|packages)/.*/testing[-./]'
/** @param {string[]} names */
const modules = names => `(^|/)node_modules/(${names.join('|')})/`

/** Everything the browser pays for in bytes. */
const inBrowser = '^(packages/sdk|apps/customer-widget|apps/operator-console)/src/'

/** The part of contracts that is plain data and types, so that a browser may load it. */
const spelling = '^packages/contracts/src/bindings/spelling\\.ts$'

/** Where the server is put together, and the commands that open a store without a door. */
const composition = '^apps/server/src/(server|cli)(\\.ts|/)'

const forbidden = [
  {
    name: 'contracts-know-only-zod',
    comment:
      'Contracts are read by browsers, servers and printers of documents alike: whatever they import, all of those carry.',
    from: { path: '^packages/contracts/src/', pathNot: test },
    to: { pathNot: ['^packages/contracts/src/', modules(['zod'])] },
  },
  {
    name: 'spelling-loads-no-zod',
    comment:
      'The spellings are loaded in the widget, where zod alone would be twice the whole budget. Types are free.',
    from: { path: spelling, pathNot: test },
    to: { pathNot: spelling, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'core-knows-only-contracts',
    comment:
      'The rules stay true with any store, bus or door, and replay from a seed, because they know none of them.',
    from: { path: '^packages/core/src/', pathNot: ['^packages/core/src/testing/', test] },
    to: { pathNot: ['^packages/core/src/', '^packages/contracts/src/'] },
  },
  {
    name: 'core-testing-needs-only-a-test-runner',
    comment:
      "The acceptance suites and the simulated world run inside any adapter's tests, so they may not bring an adapter along.",
    from: { path: '^packages/core/src/testing/', pathNot: test },
    to: {
      pathNot: [
        '^packages/core/src/',
        '^packages/contracts/src/',
        modules(['vitest', '@vitest', 'fast-check']),
      ],
    },
  },
  {
    name: 'testing-stays-in-tests',
    comment:
      'Simulated clocks, planted bugs and databases made for a moment must not reach a running server.',
    from: { pathNot: [testing, test, '^(apps|packages)/[^/]+/test/', '^tooling/'] },
    to: { path: testing },
  },
  {
    name: 'tests-are-imported-by-nobody',
    comment:
      'What two tests share is a helper and deserves a file of its own; importing a test runs it twice.',
    from: {},
    to: { path: test },
  },
  {
    name: 'sdk-knows-only-contracts-and-its-link',
    comment:
      'Whoever installs the SDK gets its dependencies too: the contracts, one transport, and React only if they use it.',
    from: { path: '^packages/sdk/src/', pathNot: ['^packages/sdk/src/react/', test] },
    to: { pathNot: ['^packages/sdk/src/', '^packages/contracts/src/', modules(['socket\\.io-client'])] },
  },
  {
    name: 'sdk-react-stays-under-react',
    comment: 'The hooks are a layer over the client; the client works without React.',
    from: { path: '^packages/sdk/src/react/', pathNot: test },
    to: { pathNot: ['^packages/sdk/src/', '^packages/contracts/src/', modules(['react', '@types/react'])] },
  },
  {
    name: 'sdk-client-does-not-know-react',
    comment: 'Otherwise everyone who uses the client loads the hooks.',
    from: { path: '^packages/sdk/src/', pathNot: ['^packages/sdk/src/react/', test] },
    to: { path: '^packages/sdk/src/react/' },
  },
  {
    name: 'browsers-load-no-schemas',
    comment:
      'In a browser the contracts are types: importing a schema for its value brings all of zod (78 kB).',
    from: { path: inBrowser, pathNot: test },
    to: { path: '^packages/contracts/src/', pathNot: spelling, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'screens-know-no-rules',
    comment:
      'A screen that reached into the core would have rules of its own; the server could no longer change them alone.',
    from: { path: '^apps/(customer-widget|operator-console)/' },
    to: { path: '^packages/', pathNot: '^packages/(sdk|contracts|design)/' },
  },
  {
    name: 'widget-stays-small',
    comment:
      "The widget loads on other people's pages: 40 kB hold the SDK, preact and its own source, nothing else.",
    from: { path: '^apps/customer-widget/src/', pathNot: test },
    to: {
      path: '(^|/)node_modules/',
      pathNot: modules(['react', 'react-dom', 'preact', '@types/react', '@types/react-dom']),
    },
  },
  {
    name: 'nothing-imports-an-app',
    comment:
      'An app is an end: what two need belongs in a package. Tools drive apps from outside, as people do. (The seed writes through the client that is generated from the schema beside it.)',
    from: { pathNot: ['^apps/', '^prisma/seed(\\.ts|/)'] },
    to: { path: '^apps/' },
  },
  {
    name: 'apps-do-not-import-each-other',
    comment: 'The widget, the console and the server meet on the wire, whose shape is in the contracts.',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'tools-drive-from-outside',
    comment:
      'End-to-end, load and fault tests see what a client sees; one that called the core would prove less than it says.',
    from: { path: '^tooling/(e2e|load|fault)/' },
    to: { path: '^packages/core/' },
  },
  {
    name: 'features-meet-at-their-index',
    comment: "A feature's files are its own; what another one may use is in its index.",
    from: { path: '^apps/([^/]+)/src/features/([^/]+)/' },
    to: {
      path: '^apps/$1/src/features/',
      pathNot: ['^apps/$1/src/features/$2/', '/features/[^/]+/index\\.tsx?$'],
    },
  },
  {
    name: 'transports-do-not-know-adapters',
    comment:
      'A door translates; what it stands before can be memory or PostgreSQL without the door noticing.',
    from: { path: '^apps/server/src/transports/', pathNot: test },
    to: { path: '^apps/server/src/adapters/' },
  },
  {
    name: 'adapters-do-not-know-transports',
    comment: 'A store or a bus serves every door, so it can be written for none.',
    from: { path: '^apps/server/src/adapters/', pathNot: test },
    to: { path: '^apps/server/src/(transports|operations)/' },
  },
  {
    name: 'operations-do-not-know-doors-or-drivers',
    comment:
      'transports → operations → core: an operation is the same through every door and over every store.',
    from: { path: '^apps/server/src/operations/', pathNot: test },
    to: { path: '^apps/server/src/(transports|adapters)/' },
  },
  {
    name: 'transports-reach-the-core-through-operations',
    comment:
      'An operation authenticates, limits and checks; a door that called the core would skip all three. Types are free.',
    from: { path: '^apps/server/src/transports/', pathNot: test },
    to: { path: '^packages/core/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'adapters-meet-doors-in-server-only',
    comment:
      'server.ts alone knows both adapters and doors, and the commands open a store: one place to see what a server is made of.',
    from: { path: '^apps/server/src/', pathNot: [composition, '^apps/server/src/adapters/', test] },
    to: { path: '^apps/server/src/adapters/' },
  },
  {
    name: 'doors-open-in-server-only',
    comment: 'server.ts alone opens doors: nothing behind them may depend on which doors there are.',
    from: {
      path: '^apps/server/src/',
      pathNot: ['^apps/server/src/server(\\.ts|/)', '^apps/server/src/transports/', test],
    },
    to: { path: '^apps/server/src/transports/' },
  },
  {
    name: 'drivers-stay-in-adapters',
    comment: "Tables, SQL and Redis commands are an adapter's own affair; everyone else speaks to a port.",
    from: {
      path: '^apps/server/src/',
      pathNot: ['^apps/server/src/adapters/', '^apps/server/src/generated/', test],
    },
    to: { path: ['^apps/server/src/generated/', modules(['pg', 'ioredis', '@prisma', '@electric-sql'])] },
  },
  {
    name: 'web-frameworks-stay-in-doors',
    comment: 'Operations and adapters do not know whether they were called by REST, a socket or a test.',
    from: { path: '^apps/server/src/(operations|adapters)/', pathNot: test },
    to: { path: modules(['fastify', '@fastify', 'socket\\.io', '@trpc', 'ws']) },
  },
  {
    name: 'no-cycles',
    comment: 'Files of a cycle can only be understood, tested and loaded together.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'every-import-resolves',
    comment: 'A fence cannot judge an import that leads nowhere.',
    from: {},
    to: { couldNotResolve: true },
  },
]

module.exports = {
  forbidden: forbidden.map(rule => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: ['node_modules', '^apps/server/src/generated/'] },
    exclude: { path: '(^|/)(dist|test-results|\\.turbo)/' },
    // Type-only imports are arrows too; rules that let them pass say so.
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@parley/source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.cjs', '.js', '.json'],
    },
  },
}
