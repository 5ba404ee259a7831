import { z } from 'zod'
import { defineOperation } from './define.ts'
import { displayName, id, optional, text, time } from './primitives.ts'
import { STRATEGIES } from './strategy.ts'

/** Scheme, host and port, as a browser sends it. */
export const origin = z
  .string()
  .max(255)
  .regex(
    /^https?:\/\/([\p{L}\p{N}._-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?$/u,
    'must be an origin such as https://www.example.com',
  )

export const siteSettings = z.object({
  name: z.string(),
  strategy: z.enum(STRATEGIES),
  /** Sites that may show the widget and open connections, besides `FRONTEND_URLS`; as they were taken once. */
  allowedOrigins: z.array(z.string()),
  /** A CSS colour of the form #rrggbb. */
  accent: z.string(),
  corner: z.enum(['right', 'left']),
})
export type SiteSettings = z.output<typeof siteSettings>

const accent = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0b6bcb')

export const siteGet = defineOperation({
  name: 'site.get',
  kind: 'query',
  summary: 'The site’s settings.',
  who: ['staff', 'key'],
  input: z.object({}),
  output: siteSettings,
  errors: [],
})

export const siteUpdate = defineOperation({
  name: 'site.update',
  kind: 'command',
  summary: 'Changes the site’s settings; only what is named changes.',
  who: ['admin', 'key'],
  input: z.object({
    name: optional(displayName),
    strategy: optional(z.enum(STRATEGIES)),
    allowedOrigins: optional(z.array(origin).max(100)),
    accent: optional(accent),
    corner: optional(z.enum(['right', 'left'])),
  }),
  output: siteSettings,
  errors: [],
})

export const widgetSettings = z.object({
  siteId: id,
  name: z.string(),
  accent: z.string(),
  corner: z.enum(['right', 'left']),
  /** Is any operator online? */
  online: z.boolean(),
  messageMaxLength: z.int(),
})
export type WidgetSettings = z.output<typeof widgetSettings>

export const siteWidget = defineOperation({
  name: 'site.widget',
  kind: 'query',
  summary: 'What the widget needs before anyone has written: colour, corner, and whether somebody is there.',
  who: ['anyone'],
  input: z.object({ siteId: optional(id) }),
  output: widgetSettings,
  errors: ['not_found'],
})

export const identitySecretReveal = defineOperation({
  name: 'site.rotate-identity-secret',
  kind: 'command',
  summary: 'Makes a new identity secret and shows it once; hashes made with the old one are dead.',
  who: ['admin'],
  input: z.object({}),
  output: z.object({ identitySecret: z.string() }),
  errors: ['conflict'],
})

export const apiKey = z.object({
  id,
  name: z.string(),
  /** The first characters, to recognise it by. */
  prefix: z.string(),
  createdAt: time,
  lastUsedAt: time.nullable(),
})
export type ApiKey = z.output<typeof apiKey>

export const apiKeyList = defineOperation({
  name: 'api-key.list',
  kind: 'query',
  summary: 'API keys that are in force, without their secret part.',
  who: ['admin'],
  input: z.object({}),
  output: z.array(apiKey),
  errors: [],
})

export const apiKeyCreate = defineOperation({
  name: 'api-key.create',
  kind: 'command',
  summary: 'Makes an API key. Its secret is in this answer and never again.',
  who: ['admin'],
  input: z.object({ name: displayName }),
  output: apiKey.extend({ key: z.string() }),
  errors: [],
})

export const apiKeyRevoke = defineOperation({
  name: 'api-key.revoke',
  kind: 'command',
  summary: 'Ends an API key at once.',
  who: ['admin'],
  input: z.object({ keyId: text(64, 1) }),
  output: z.object({ revoked: z.literal(true) }),
  errors: ['not_found'],
})
