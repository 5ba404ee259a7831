import { parseFile } from 'music-metadata'
import { type FileKind, kindOf } from './file-kinds.ts'

export interface Sound {
  readonly kind: FileKind
  readonly width: number | null
  readonly height: number | null
  readonly durationMs: number | null
}

/** Milliseconds. */
const TAKES_AT_MOST = 10_000
/** Ten days: more is nonsense. Seconds. */
const LONGEST = 864_000

/** How long sound or video lasts, as its own header says; and whether what could be either is sound alone. */
export async function lookIntoSound(path: string, kind: FileKind): Promise<Sound> {
  const format = await formatOf(path)
  const video = format?.trackInfo.find(track => track.video)?.video
  const soundAlone = format?.hasAudio === true && format.hasVideo !== true && !video
  const duration = format?.duration
  return {
    kind: (soundAlone && kindOf(kind.mimeType.replace('video/', 'audio/'))) || kind,
    width: video?.pixelWidth ?? null,
    height: video?.pixelHeight ?? null,
    durationMs:
      duration !== undefined && duration > 0 && duration < LONGEST ? Math.round(duration * 1000) : null,
  }
}

/** Null: it says nothing that can be read. */
function formatOf(path: string) {
  const late = AbortSignal.timeout(TAKES_AT_MOST)
  const given = new Promise<null>(resolve => late.addEventListener('abort', () => resolve(null)))
  const read = parseFile(path, { skipCovers: true, skipPostHeaders: true }).then(
    ({ format }) => format,
    () => null,
  )
  return Promise.race([read, given])
}
