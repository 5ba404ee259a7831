import type { SiteSettings, Strategy } from '@parley/contracts'
import type { Deed } from '../audit/index.ts'

export interface StoredSite extends SiteSettings {
  readonly id: string
  readonly identitySecret: string
  /** Milliseconds. */
  readonly madeAt: number
}

/** What the database keeps of the look and rules of a site beside its columns; a field that is missing has its default. */
export type SiteChanges = Partial<Pick<SiteSettings, 'name' | 'allowedOrigins' | 'accent' | 'corner'>>

export interface NewSite {
  readonly name: string
  readonly identitySecret: string
  readonly strategy: Strategy
  readonly madeAt: number
}

/** One of those who can sign in from the first moment. */
export interface FirstPerson {
  readonly id: string
  readonly role: 'admin' | 'operator'
  readonly username: string
  readonly passwordHash: string
  readonly mustChangePassword: boolean
  readonly name: string
}

export interface SiteStore {
  /** Null before the first start. */
  site(): Promise<StoredSite | null>
  /** Makes the site with its first people, all or nothing. False if it is there already: only one server makes it. */
  makeSite(site: NewSite, people: readonly FirstPerson[]): Promise<boolean>
  updateSite(changes: SiteChanges, deed: Deed): Promise<StoredSite>
  changeIdentitySecret(identitySecret: string, deed: Deed): Promise<void>
}
