import { presetWithServices } from '../../tooling/vitest.services.ts'

// By far the longest of all: with one worker on a machine of two cores the other core would wait for it at the end.
export default presetWithServices({ maxWorkers: 2 })
