import { preset } from './vitest.shared.ts'

export default preset({ include: ['*.test.ts'] })
