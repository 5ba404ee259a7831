import { presetWithScreens } from '../../tooling/vitest.shared.ts'

export default presetWithScreens()
