import { preset } from '../../tooling/vitest.shared.ts'

export default preset()
