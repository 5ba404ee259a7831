import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ByteRange, type Content, type FileStorage, storageIsAway } from '../../features/file/index.ts'

const OWNER_ONLY = 0o700
const OWNER_ONLY_FILE = 0o600

/** Files in a folder, in 256 folders below it: no folder grows too large. */
export function createFolderStorage(root: string): FileStorage {
  // The end of a key differs most: ids begin with the time.
  const folderOf = (key: string) => join(root, (key.split('.', 1)[0] ?? key).slice(-2).toLowerCase())
  const pathOf = (key: string) => join(folderOf(key), key)
  return {
    put: (key, path) => put(folderOf(key), pathOf(key), path).catch(storageIsAway),
    read: (key, range) => read(pathOf(key), range).catch(storageIsAway),
    remove: key => rm(pathOf(key), { force: true }).catch(storageIsAway),
  }
}

/** Written beside its place, then moved there: a crash leaves the whole or nothing under its name. */
async function put(folder: string, place: string, from: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY })
  const beside = join(folder, `${randomUUID()}.part`)
  try {
    await copyFile(from, beside, constants.COPYFILE_EXCL)
    await settle(beside, file => file.chmod(OWNER_ONLY_FILE))
    await rename(beside, place)
    await settle(folder)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

type Handle = Awaited<ReturnType<typeof open>>

/** Once it resolves the system has written everything out. */
async function settle(path: string, first: (handle: Handle) => Promise<void> = async () => undefined) {
  const handle = await open(path, 'r')
  try {
    await first(handle)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function read(place: string, range: ByteRange | undefined): Promise<Content | null> {
  const handle = await open(place, 'r').catch(error => {
    if (isMissing(error)) return null
    throw error
  })
  if (handle === null) return null
  try {
    const { size } = await handle.stat()
    const stream = handle.createReadStream(range ?? {})
    return { size: range ? range.end - range.start + 1 : size, stream }
  } catch (error) {
    await handle.close()
    throw error
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
