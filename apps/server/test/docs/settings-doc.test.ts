import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { variables } from '../../src/config/variables.ts'

const root = new URL('../../../../', import.meta.url)
const read = (file: string) => readFile(new URL(file, root), 'utf8')

/** Rows of the tables: `NAME` | `default` | what. */
async function documented(): Promise<Record<string, string>> {
  const rows = (await read('docs/settings.md')).matchAll(/^\| `([A-Z0-9_]+)` \| (?:`(.*?)`)? ?\|/gm)
  return Object.fromEntries([...rows].map(([, name = '', byDefault = '']) => [name, byDefault]))
}

describe('docs/settings.md', () => {
  it('names every setting that the server reads, and no other', async () => {
    expect(Object.keys(await documented()).sort()).toEqual(Object.keys(variables.shape).sort())
  })

  it('gives each the default that .env.example gives', async () => {
    expect(await documented()).toEqual({ ...parseEnv(await read('.env.example')) })
  })

  it('and that is what the server takes for an unset one', async () => {
    const example = Object.entries(parseEnv(await read('.env.example'))).filter(([, value]) => value !== '')
    expect(variables.parse(Object.fromEntries(example))).toEqual(variables.parse({}))
  })
})

describe('docs/commands.md', () => {
  it('names every command of package.json that is for users', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> }
    const text = await read('docs/commands.md')
    const commands = Object.keys(scripts).filter(name =>
      /command\.mjs|pm2|start\.mjs|dev/.test(scripts[name] ?? ''),
    )
    expect(commands.length).toBeGreaterThan(10)
    for (const name of commands) expect(text).toContain(name === 'start' ? 'npm start' : `npm run ${name}`)
  })
})
