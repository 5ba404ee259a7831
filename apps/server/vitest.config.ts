import { presetWithServices, waitingWorkers } from '../../tooling/vitest.services.ts'

export default presetWithServices({ maxWorkers: waitingWorkers })
