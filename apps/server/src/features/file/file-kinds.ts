/** How a file is treated: a picture is made anew, sound and video are looked into, both may be shown in place. */
export type Kind = 'picture' | 'sound' | 'video' | 'document'

export interface FileKind {
  readonly mimeType: string
  readonly kind: Kind
  /** What a name of such a file ends in; the first is added to one that ends otherwise. */
  readonly extensions: readonly string[]
}

const OFFICE = 'application/vnd.openxmlformats-officedocument.'
const OPEN = 'application/vnd.oasis.opendocument.'

const EXTENSIONS: Readonly<Record<Kind, Readonly<Record<string, readonly string[]>>>> = {
  picture: {
    'image/jpeg': ['jpg', 'jpeg', 'jfif'],
    'image/png': ['png'],
    'image/webp': ['webp'],
    'image/gif': ['gif'],
  },
  sound: {
    'audio/mpeg': ['mp3'],
    'audio/ogg': ['ogg', 'oga', 'opus'],
    'audio/mp4': ['m4a', 'mp4', 'aac'],
    'audio/webm': ['webm', 'weba'],
    'audio/wav': ['wav'],
    'audio/aac': ['aac'],
    'audio/flac': ['flac'],
    'audio/amr': ['amr'],
  },
  video: {
    'video/mp4': ['mp4', 'm4v'],
    'video/webm': ['webm'],
    'video/quicktime': ['mov', 'qt'],
    'video/ogg': ['ogv'],
    'video/3gpp': ['3gp'],
  },
  document: {
    'application/pdf': ['pdf'],
    'application/zip': ['zip'],
    'application/rtf': ['rtf'],
    'application/msword': ['doc', 'dot'],
    'application/vnd.ms-excel': ['xls', 'xlt'],
    'application/vnd.ms-powerpoint': ['ppt', 'pps'],
    [`${OFFICE}wordprocessingml.document`]: ['docx'],
    [`${OFFICE}spreadsheetml.sheet`]: ['xlsx'],
    [`${OFFICE}presentationml.presentation`]: ['pptx'],
    [`${OFFICE}presentationml.slideshow`]: ['ppsx'],
    [`${OPEN}text`]: ['odt'],
    [`${OPEN}spreadsheet`]: ['ods'],
    [`${OPEN}presentation`]: ['odp'],
    'text/csv': ['csv'],
    'text/plain': [
      'txt',
      'log',
      'md',
      'tsv',
      'json',
      'yaml',
      'yml',
      'ini',
      'conf',
      'srt',
      'vtt',
      'ics',
      'vcf',
    ],
  },
}

/** Everything that is taken, by its type. */
const KINDS: ReadonlyMap<string, FileKind> = new Map(
  Object.entries(EXTENSIONS).flatMap(([kind, types]) =>
    Object.entries(types).map(([mimeType, extensions]) => [
      mimeType,
      { mimeType, kind: kind as Kind, extensions },
    ]),
  ),
)

/** Other words for types that are taken. */
const ALIASES: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  // Pictures are made anew, and making an AVIF takes seconds.
  'image/avif': 'image/webp',
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'video/3gpp2': 'video/3gpp',
}

/** Null: such files are not taken. Parameters of the type are passed over. */
export function kindOf(mimeType: string): FileKind | null {
  const [bare = ''] = mimeType.split(';', 1)
  return KINDS.get(ALIASES[bare] ?? bare) ?? null
}

/** The name that a downloaded file is saved by: what opens it goes by the end of its name, so that must say what it is. */
export function downloadName(name: string, mimeType: string): string {
  const extensions = kindOf(mimeType)?.extensions ?? []
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return extensions.includes(ending) ? name : `${name}.${extensions[0] ?? 'bin'}`
}
