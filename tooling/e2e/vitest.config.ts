import { presetWithServices, waitingWorkers } from '../vitest.services.ts'

// Each file starts a server and a database of its own. All share one browser.
export default presetWithServices({
  maxWorkers: waitingWorkers,
  testTimeout: 60_000,
  hookTimeout: 120_000,
  globalSetup: './src/support/chromium.ts',
})
