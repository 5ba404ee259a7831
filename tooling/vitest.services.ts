import type { ViteUserConfig } from 'vitest/config'
import { findServices, foundEnv } from './services.mjs'
import { preset } from './vitest.shared.ts'

/**
 * For packages whose tests use a real PostgreSQL, Redis or Chromium. `npm test` has looked for them already, and turbo
 * counts what was found among the things a result depends on; a run of vitest alone looks for itself.
 */
export async function presetWithServices(test: ViteUserConfig['test'] = {}): Promise<ViteUserConfig> {
  const underTurbo = process.env['TURBO_HASH'] !== undefined
  return preset({ ...test, env: underTurbo ? {} : foundEnv(await findServices(process.env)) })
}
