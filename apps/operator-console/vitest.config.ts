import { findServices, foundEnv } from '../../tooling/services.mjs'
import { presetWithScreens } from '../../tooling/vitest.shared.ts'

const screens = presetWithScreens()
// As in tooling/vitest.services.ts: under turbo, `npm test` has looked for Chromium already.
const underTurbo = process.env['TURBO_HASH'] !== undefined

export default {
  ...screens,
  test: { ...screens.test, env: underTurbo ? {} : foundEnv(await findServices(process.env)) },
}
