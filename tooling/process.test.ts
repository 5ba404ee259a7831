import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { run } from './process.mjs'

const node = process.execPath
const processModule = join(import.meta.dirname, 'process.mjs')

describe('run', () => {
  test('gives the exit code, and 128 + the signal of what was killed', async () => {
    expect(await run({ command: node, args: ['-e', 'process.exit(3)'] })).toBe(3)
    expect(await run({ command: node, args: ['-e', "process.kill(process.pid, 'SIGKILL')"] })).toBe(137)
  })

  test('lets a quiet program be heard only when it fails', async () => {
    const heard = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await run({ command: node, args: ['-e', "console.log('fine')"], quiet: true })
    expect(heard.mock.calls.join('')).toBe('')
    await run({ command: node, args: ['-e', "console.log('broken'); process.exit(1)"], quiet: true })
    expect(heard.mock.calls.join('')).toContain('broken')
  })

  test('fails when there is no such program', async () => {
    await expect(run({ command: '/no/such/program', args: [] })).rejects.toThrow('ENOENT')
  })
})

describe('become', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('passes %s on once and ends with the same code', async signal => {
    const parent = becoming(`
      let heard = 0
      process.on('${signal}', () => { heard += 1; setTimeout(() => process.exit(40 + heard), 100) })
      setInterval(() => undefined, 1000)
      console.log('ready')`)
    await once(parent.stdout, 'data')
    parent.kill(signal)
    parent.kill(signal)
    expect(await once(parent, 'exit')).toEqual([41, null])
  })

  test('hands its environment on as it was given', async () => {
    const parent = becoming("process.exit(process.env.NODE_ENV === 'production' ? 0 : 1)", {
      NODE_ENV: 'production',
    })
    expect(await once(parent, 'exit')).toEqual([0, null])
  })
})

/** A program that becomes another one, with nobody at its terminal. */
function becoming(code: string, env: NodeJS.ProcessEnv = {}) {
  const script = `const { become } = await import(${JSON.stringify(processModule)})
    await become({ command: process.execPath, args: ['-e', ${JSON.stringify(code)}] })`
  return spawn(node, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
}
