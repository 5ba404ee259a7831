import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readSettings } from '../../src/config/settings.ts'
import { variables } from '../../src/config/variables.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const SECRETS = { POSTGRES_PASSWORD: 'of the database', JWT_SECRET: 'at least thirty-two characters long' }

/** Debian's own, or the plugin of a Docker that is installed; `config` needs no engine. */
const [program = '', ...first] = [['docker-compose'], ['docker', 'compose']].find(
  ([command = '', ...rest]) => spawnSync(command, [...rest, 'version']).status === 0,
) ?? ['']

const config = (given: object) => {
  const options = { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'], ...given } } as const
  return spawnSync(program, [...first, 'config'], options)
}

interface Compose {
  readonly services: Record<string, { readonly environment?: Record<string, string> }>
}

describe('docker-compose.yml', () => {
  it('can be checked here', ({ skip }) => {
    if (!program && !process.env['CI']) skip('docker-compose is not on this machine')
    expect(program).not.toBe('')
  })

  it.runIf(program)('gives the server settings that it takes, beside PostgreSQL and Redis', () => {
    const { stdout, stderr, status } = config(SECRETS)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    const { services }: Compose = parse(stdout)
    expect(Object.keys(services).sort()).toEqual(['postgres', 'redis', 'server'])
    const environment = services['server']?.environment ?? {}
    expect(Object.keys(variables.shape)).toEqual(expect.arrayContaining(Object.keys(environment)))
    expect(readSettings(environment)).toMatchObject({ environment: 'production', port: 3000 })
  })

  it.runIf(program)('names the secret that is missing', () => {
    for (const name of Object.keys(SECRETS)) {
      const { stderr, status } = config({ ...SECRETS, [name]: '' })
      expect(status).not.toBe(0)
      expect(stderr).toContain(`set ${name} in .env`)
    }
  })
})
