import { z } from 'zod'
import { type UploadedFile, uploadedFile } from '../file.ts'
import { rest } from './define.ts'
import { wireUser } from './entities.ts'
import { toWireUser } from './spelling.ts'

const documented = true

const f = uploadedFile.shape
const wireFile = z
  .object({
    id: f.id,
    _id: f.id,
    fileUrl: f.url,
    fileName: f.name,
    fileSize: f.size,
    mimeType: f.mimeType,
    width: f.width,
    height: f.height,
    durationMs: f.durationMs,
    thumbnailUrl: f.thumbnailUrl,
  })
  .meta({ id: 'File' })

const toWireFile = ({ id, url, name, size, ...rest }: UploadedFile) => ({
  id,
  _id: id,
  fileUrl: url,
  fileName: name,
  fileSize: size,
  ...rest,
})

/** What takes a file: as `multipart/form-data`. */
export const FILE_ROUTES = [
  rest({
    method: 'POST',
    path: '/api/files',
    operation: 'file.upload',
    upload: ['file'],
    status: () => 201,
    statuses: [201],
    answer: file => ({ data: toWireFile(file) }),
    data: wireFile,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/user/avatar',
    operation: 'user.set-avatar',
    upload: ['avatar', 'file'],
    answer: user => ({ data: toWireUser(user) }),
    data: wireUser,
    documented,
  }),
]
