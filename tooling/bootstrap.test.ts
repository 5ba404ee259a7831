import { delimiter } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { toolEnv } from './bootstrap.mjs'

describe('the environment of installing and building', () => {
  test('never leaves out what builds the server', () => {
    vi.stubEnv('NODE_ENV', 'production')
    vi.stubEnv('npm_config_omit', 'dev')
    vi.stubEnv('NPM_CONFIG_PRODUCTION', 'true')
    expect(Object.keys(toolEnv())).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(NODE_ENV|npm_config_omit|NPM_CONFIG_PRODUCTION)$/)]),
    )
  })

  test('finds the fetched pnpm first, and keeps the rest', () => {
    vi.stubEnv('PATH', '/usr/bin')
    vi.stubEnv('HTTPS_PROXY', 'http://proxy:3128')
    const env = toolEnv()
    const [first, , last] = env['PATH']?.split(delimiter) ?? []
    expect(first).toMatch(/\.tools/)
    expect(last).toBe('/usr/bin')
    expect(env['HTTPS_PROXY']).toBe('http://proxy:3128')
    expect(env['TURBO_TELEMETRY_DISABLED']).toBe('1')
  })
})
