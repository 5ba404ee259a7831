import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * @typedef {{ command: string, args: readonly string[], env?: NodeJS.ProcessEnv, cwd?: string, quiet?: boolean }} Run
 */

/**
 * Runs a program to its end and gives its exit code. A quiet one is heard only if it fails.
 * @param {Run} run
 * @returns {Promise<number>}
 */
export function run({ command, args, env = process.env, cwd, quiet = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' })
    /** @type {Buffer[]} */
    const heard = []
    child.stdout?.on('data', chunk => heard.push(chunk))
    child.stderr?.on('data', chunk => heard.push(chunk))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      const status = exitStatus(code, signal)
      if (status !== 0) process.stderr.write(Buffer.concat(heard))
      resolve(status)
    })
  })
}

/**
 * Runs the program in this one's place: same terminal, signals passed on, same exit code.
 * @param {Run} run
 * @returns {Promise<void>}
 */
export function become({ command, args, env = process.env, cwd }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: 'inherit' })
    passSignalsTo(child)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.exitCode = exitStatus(code, signal)
      resolve()
    })
  })
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignalsTo(child) {
  // A terminal sends Ctrl-C to every process of the group itself, and npm passes on what it got as well:
  // each signal goes on once, and Ctrl-C in a terminal not at all, so that one press counts once.
  let interrupted = process.stdin.isTTY === true
  let terminated = false
  process.on('SIGINT', () => {
    if (!interrupted) child.kill('SIGINT')
    interrupted = true
  })
  process.on('SIGTERM', () => {
    if (!terminated) child.kill('SIGTERM')
    terminated = true
  })
}

/**
 * The shell's convention: 128 + the number of the signal that ended it.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitStatus(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}
