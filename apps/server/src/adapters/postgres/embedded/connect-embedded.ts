import { join } from 'node:path'
import type { Connected, DatabaseOptions } from '../database.ts'
import { tellFaults } from '../tell-faults.ts'
import { DatabaseUnavailable } from '../unavailable.ts'
import { DataDirInUse, type DataDirLock, lockDataDir } from './data-dir-lock.ts'
import { isFullDisk, MAKE_ROOM } from './full-disk.ts'
import { startMaintenance } from './maintenance.ts'
import { startEmbedded } from './start.ts'

export async function connectEmbedded(dataDir: string, options: DatabaseOptions): Promise<Connected> {
  const lock = await takeFolder(dataDir)
  const embedded = await startEmbedded({ folder: databaseFolder(dataDir) }).catch(async (cause: unknown) => {
    await lock.release().catch(() => undefined) // what is told is why it does not open
    throw doesNotOpen(dataDir, cause)
  })
  tellFaults(embedded.pool, options)
  const stopMaintenance = startMaintenance(embedded.pool, error => options.onFault?.(error))
  return {
    pool: embedded.pool,
    lost: Promise.race([embedded.lost, lock.lost]),
    async close() {
      await stopMaintenance()
      await embedded.close()
      await lock.release()
    },
  }
}

export function databaseFolder(dataDir: string): string {
  return join(dataDir, 'db')
}

export async function takeFolder(dataDir: string): Promise<DataDirLock> {
  try {
    return await lockDataDir(dataDir)
  } catch (cause) {
    if (cause instanceof DataDirInUse) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    const remedy = isFullDisk(reason) ? MAKE_ROOM : 'Make it writable, or set DATA_DIR to another one.'
    throw new DatabaseUnavailable(`Cannot write to the data folder ${dataDir}: ${reason}. ${remedy}`, {
      cause,
    })
  }
}

function doesNotOpen(dataDir: string, cause: unknown): DatabaseUnavailable {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new DatabaseUnavailable(
    `The embedded database in ${databaseFolder(dataDir)} does not open: ${reason}. ` +
      (isFullDisk(reason)
        ? MAKE_ROOM
        : 'Put a copy of the folder in its place, or move it away to begin anew.'),
    { cause },
  )
}
