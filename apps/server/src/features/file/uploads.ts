import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, type FieldProblem } from '@parley/contracts'
import type { KnownFile } from '@parley/core'
import { problemText } from '../../operations/problems.ts'
import type { ServerContext } from '../../operations/types.ts'
import { contentKindOf } from './content-type.ts'
import { cleanFileName } from './file-name.ts'
import { orUnavailable } from './keep-file.ts'
import { oneAfterAnother } from './one-after-another.ts'
import { remakePicture } from './picture.ts'
import { Slots } from './slots.ts'
import { lookIntoSound } from './sound.ts'
import { type Workshop, writeDown } from './workshop.ts'

export interface Received {
  /** What it was sent as, fit to be shown. */
  readonly name: string
  /** Where it is until the work on it is done, in a folder of its own. */
  readonly path: string
  readonly folder: string
}

export type Looked = Pick<KnownFile, 'mimeType' | 'size' | 'width' | 'height' | 'durationMs'> & {
  readonly path: string
  readonly thumbnail: string | null
}

/** Pictures and sound that are worked on at a time. */
const AT_A_TIME = 2

/** Takes in the files that come with requests. */
export class Uploads {
  readonly #workshop: Workshop
  readonly #maxBytes: number
  readonly #slots = new Slots()
  readonly inTurn = oneAfterAnother(AT_A_TIME)

  constructor(workshop: Workshop, maxBytes: number) {
    this.#workshop = workshop
    this.#maxBytes = maxBytes
  }

  /** Reads the request's file and has it worked on; nothing stays of it but what the work has kept. */
  during<T>(context: ServerContext, work: (file: Received) => Promise<T>): Promise<T> {
    const { upload, caller } = context
    if (!upload) throw new Failure('unsupported_media_type', { reason: 'multipart' })
    return this.#slots.during(caller, () =>
      orUnavailable(
        this.#workshop.during(async folder => {
          const path = join(folder, 'file')
          let name = ''
          await upload.receive(this.#maxBytes, (content, givenName) => {
            name = cleanFileName(givenName)
            return writeDown(content, path)
          })
          if ((await stat(path)).size === 0)
            throw refusedField('file', problemText(context.locale, 'text_short', { min: 1 }))
          return await work({ name, path, folder })
        }),
      ),
    )
  }

  /** What the file is; a picture is made anew, with a thumbnail. */
  async look({ path, folder, name }: Received): Promise<Looked> {
    const kind = await contentKindOf(path, name)
    if (kind === null) throw new Failure('unsupported_media_type', { reason: 'type' })
    const bare = { mimeType: kind.mimeType, width: null, height: null, durationMs: null, thumbnail: null }
    const found = await this.inTurn(async () => {
      if (kind.kind === 'picture') {
        const thumbnail = join(folder, 'thumbnail')
        return { ...bare, ...(await remakePicture(path, kind.mimeType, thumbnail)), thumbnail }
      }
      if (kind.kind === 'document') return bare
      const { kind: heard, ...sound } = await lookIntoSound(path, kind)
      return { ...bare, ...sound, mimeType: heard.mimeType }
    })
    return { ...found, path, size: (await stat(path)).size }
  }
}

export function refusedField(path: string, message: string): Failure {
  const problem: FieldProblem = { path, message }
  return new Failure('validation_failed', {}, [problem])
}
