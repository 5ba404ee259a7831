import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Tells one process from another that got the same number later, or in another container. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** When it started, in whatever form the system tells; null where it does not tell. */
  readonly startedAt: string | null
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), startedAt: startOf(process.pid) }
}

export type Liveness = 'alive' | 'dead' | 'unknown'

/** `unknown` where another machine or container may be running it. */
export function livenessOf(other: ProcessIdentity): Liveness {
  if (other.host !== hostname()) return 'unknown'
  if (!exists(other.pid)) return 'dead'
  return startOf(other.pid) === other.startedAt ? 'alive' : 'dead'
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, but another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Null where the system does not tell. */
export function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return startOnLinux(pid)
    if (process.platform === 'win32') return null
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
}

/** The boot's id and the start in clock ticks since boot: field 22 of /proc/<pid>/stat, see proc(5). */
function startOnLinux(pid: number): string | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return `${boot}/${afterName[19] ?? ''}`
}
