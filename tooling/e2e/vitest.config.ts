import { presetWithServices } from '../vitest.services.ts'

// One file at a time: each starts a server and a database of its own. All share one browser.
export default presetWithServices({
  maxWorkers: 2,
  testTimeout: 60_000,
  hookTimeout: 120_000,
  globalSetup: './src/support/chromium.ts',
})
