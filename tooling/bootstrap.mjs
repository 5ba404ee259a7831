// From a bare clone with Node and npm only to built packages. Nothing here may import a package: none is installed yet.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './process.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))

const tools = join(root, '.tools')
const stampFile = join(tools, 'installed')
const pnpmCli = join(tools, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs')

/**
 * The environment of installing and building: `NODE_ENV=production` (or npm's way to say it) would leave out the
 * very packages that build the server, and belongs to the server alone.
 */
export function toolEnv() {
  const env = { ...process.env }
  for (const name of Object.keys(env)) {
    if (/^(NODE_ENV|npm_config_(production|omit|only|include|dev))$/i.test(name)) delete env[name]
  }
  const path = Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH'
  env[path] = [join(tools, 'node_modules', '.bin'), join(root, 'node_modules', '.bin'), env[path]].join(
    delimiter,
  )
  env['TURBO_TELEMETRY_DISABLED'] = '1'
  env['TURBO_NO_UPDATE_NOTIFIER'] = '1'
  // turbo does not count Node's version among the things a result depends on.
  env['PARLEY_NODE_VERSION'] = process.version
  env['npm_config_confirm_modules_purge'] = 'false'
  return env
}

/** Fetches the package manager and installs the packages, each only if that is not done already. */
export async function bootstrap() {
  await fetchPnpm()
  const stamp = installStamp()
  if (existsSync(join(root, 'node_modules', '.modules.yaml')) && read(stampFile) === stamp) return
  console.error('Installing packages …')
  await must('Installing the packages', {
    command: process.execPath,
    args: [pnpmCli, 'install', '--frozen-lockfile', '--prod=false'],
  })
  writeFileSync(stampFile, stamp)
}

async function fetchPnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const manifest = read(join(tools, 'node_modules', 'pnpm', 'package.json'))
  if (manifest && `pnpm@${JSON.parse(manifest).version}` === packageManager) return
  console.error(`Fetching ${packageManager} …`)
  mkdirSync(tools, { recursive: true })
  const install = ['install', '--prefix', tools, '--no-package-lock', '--no-save', '--no-audit', '--no-fund']
  await must(`Fetching ${packageManager}`, { ...npm([...install, packageManager]), quiet: true })
}

/** What decides whether the installed packages are still the right ones. */
function installStamp() {
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, file)))
  return hash.update(`${process.platform} ${process.arch}`).digest('hex')
}

/**
 * The npm that started this, or the one on the PATH.
 * @param {string[]} args
 */
export function npm(args) {
  const cli = process.env['npm_execpath']
  if (cli && basename(cli) === 'npm-cli.js') return { command: process.execPath, args: [cli, ...args] }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args }
}

/**
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 * @returns {Promise<number>} the exit code
 */
export function turbo(args, { env = {}, quiet = false } = {}) {
  return run({ ...turboCommand(['run', ...args], env), quiet })
}

/**
 * The tasks that the same arguments would run.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {import('./results.mjs').Planned[]}
 */
export function turboPlan(args, env) {
  const { command, args: all, ...options } = turboCommand(['run', ...args, '--dry=json'], env)
  const dry = spawnSync(command, all, { ...options, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (dry.status !== 0) throw new Failed(`turbo can't plan its tasks:\n${dry.stderr}`)
  return JSON.parse(dry.stdout).tasks
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function turboCommand(args, env) {
  const cli = join(root, 'node_modules', 'turbo', 'bin', 'turbo')
  return {
    command: process.execPath,
    args: [cli, ...args],
    env: { ...toolEnv(), ...env },
    cwd: root,
  }
}

/** Builds what changed since the last build; all of it on the first. */
export async function build() {
  console.error('Building what changed …')
  const status = await turbo(['build', '--output-logs=errors-only'], { quiet: true })
  if (status !== 0) throw new Failed('The build failed.')
}

/**
 * @param {string} what
 * @param {import('./process.mjs').Run} options
 */
async function must(what, options) {
  const status = await run({ ...options, env: toolEnv(), cwd: root })
  if (status !== 0) throw new Failed(`${what} failed.`)
}

/** A failure that has been told already, or that its message tells whole: no stack is printed. */
export class Failed extends Error {}

/**
 * The outermost frame of every command.
 * @param {() => Promise<void>} command
 * @param {string} [lastWords] printed when the command could not be carried out
 */
export async function main(command, lastWords) {
  try {
    await command()
  } catch (error) {
    console.error(error instanceof Failed ? error.message : error)
    if (lastWords) console.log(lastWords)
    process.exitCode = 1
  }
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
