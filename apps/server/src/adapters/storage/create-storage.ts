import { join } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import type { FileStorage } from '../../features/file/index.ts'
import { createFolderStorage } from './folder-storage.ts'
import { createS3Storage } from './s3-storage.ts'

export const createStorage = ({ storage, dataDir }: Pick<Settings, 'storage' | 'dataDir'>): FileStorage =>
  storage.driver === 's3' ? createS3Storage(storage) : createFolderStorage(join(dataDir, 'files'))
