import { randomUUID } from 'node:crypto'
import { chmod, type FileHandle, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SettingsError } from '../config/settings-error.ts'

const OWNER_ONLY = 0o600
const OWNER_ONLY_DIR = 0o700

/** Null if there is no such file. One that others could read is closed to them. */
export async function readPrivate(file: string): Promise<string | null> {
  try {
    const text = await readFile(file, 'utf8')
    await chmod(file, OWNER_ONLY)
    return text
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw explained(error, file)
  }
}

/** Writes the file whole or not at all, in place of the one there was. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const written = await writeBeside(file, text)
  await rename(written, file)
}

/** Writes the file unless it is there; answers with what it then holds. Of several that try at once one wins. */
export async function keepPrivate(file: string, text: string): Promise<string> {
  const written = await writeBeside(file, text)
  try {
    await link(written, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(written)
  }
  return (await readPrivate(file)) ?? text
}

export const removePrivate = (file: string): Promise<void> => rm(file, { force: true })

async function writeBeside(file: string, text: string): Promise<string> {
  const beside = `${file}.${randomUUID()}`
  const handle = await create(beside).catch(error => {
    throw explained(error, file)
  })
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return beside
}

async function create(file: string): Promise<FileHandle> {
  await mkdir(dirname(file), { recursive: true, mode: OWNER_ONLY_DIR })
  return await open(file, 'wx', OWNER_ONLY)
}

const NOT_OURS: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']

/** All that is private is in `DATA_DIR`: it is what is wrong where a file can't be. */
function explained(error: unknown, file: string): unknown {
  if (!NOT_OURS.includes(codeOf(error))) return error
  const problem = `${dirname(file)} is no directory that this user may read and write`
  return new SettingsError('DATA_DIR', problem, { cause: error })
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
