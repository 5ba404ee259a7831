/** What the embedded database's thread is started with. */
export interface WorkerSettings {
  /** A folder of PGlite's own; made and filled if it is not there. */
  readonly folder: string
}

/** `bytes` are whole messages of PostgreSQL's wire protocol, as the pg client wrote them. */
export type ToWorker =
  | { readonly type: 'open'; readonly connection: number }
  | { readonly type: 'data'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly type: 'close' }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'data'; readonly connection: number; readonly bytes: Uint8Array }
