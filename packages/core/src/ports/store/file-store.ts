/** What is kept of an uploaded file, besides its content. `width` and `height` in pixels. */
export interface KnownFile {
  readonly id: string
  /** Who has uploaded it; null: an API key. */
  readonly ownerId: string | null
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly mimeType: string
  readonly width: number | null
  readonly height: number | null
  readonly durationMs: number | null
  readonly hasThumbnail: boolean
  /** Anyone may have it: a person's picture. */
  readonly isPublic: boolean
}

export type FileReader =
  | { readonly kind: 'key' }
  | { readonly kind: 'person'; readonly userId: string; readonly isStaff: boolean }

export interface FileStore {
  /** The file, if it is there and the reader may have it (M20). A file is found by an index, never by reading messages. */
  readableFile(fileId: string, reader: FileReader): Promise<KnownFile | null>
}
