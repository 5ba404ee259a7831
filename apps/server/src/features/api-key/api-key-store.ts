import type { ApiKey } from '@parley/contracts'
import type { Deed } from '../audit/index.ts'

export interface NewApiKey {
  readonly id: string
  readonly name: string
  readonly prefix: string
  /** Hex SHA-256 of the whole key. */
  readonly hash: string
}

/** The keys that are in force. A deed is kept with what it tells of; times are milliseconds. */
export interface ApiKeyStore {
  /** Oldest first. */
  keys(): Promise<(ApiKey & { readonly hash: string })[]>
  createKey(key: NewApiKey, deed: Deed): Promise<ApiKey>
  /** False if no such key is in force. */
  revokeKey(keyId: string, at: number, deed: Deed): Promise<boolean>
  keyUsed(keyId: string, at: number): Promise<void>
}
