import { presetWithServices } from '../vitest.services.ts'

// Each file starts a server and a database of its own: three at a time were no quicker on two cores. All share one browser.
export default presetWithServices({
  maxWorkers: 2,
  testTimeout: 60_000,
  hookTimeout: 120_000,
  globalSetup: './src/support/chromium.ts',
})
