export { type FileHandlers, fileHandlers } from './file-handlers.ts'
export type { FileRows } from './file-rows.ts'
export { createFileUrls, type FileUrls } from './file-urls.ts'
export { createPictures, type Pictures } from './pictures.ts'
export {
  createServing,
  type FileServing,
  type Keeping,
  type ServedFile,
} from './serving.ts'
export {
  type ByteRange,
  type Content,
  type FileStorage,
  StorageUnavailable,
  storageIsAway,
} from './storage.ts'
export { sweepFiles } from './sweep.ts'
export { refusedField, Uploads } from './uploads.ts'
export { Workshop } from './workshop.ts'
