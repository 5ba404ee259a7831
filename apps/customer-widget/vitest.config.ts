import { presetWithServices } from '../../tooling/vitest.services.ts'

export default presetWithServices()
