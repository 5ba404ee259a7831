import { badIds } from './bad-values.ts'
import type { ExamplesOf } from './define.ts'
import { ids, times } from './entities.ts'

const look = { accent: '#0b6bcb', corner: 'right' as const }
const settings = {
  name: 'Example',
  strategy: 'least-busy' as const,
  allowedOrigins: ['https://www.example.com'],
  ...look,
}
const key = {
  id: ids.key,
  name: 'Shop backend',
  prefix: 'pk_3fA9xQ1',
  createdAt: times.created,
  lastUsedAt: null,
}

export const siteExamples: ExamplesOf<
  | `site.${'get' | 'update' | 'widget' | 'rotate-identity-secret'}`
  | `api-key.${'list' | 'create' | 'revoke'}`
  | 'health.get'
  | 'root.get'
> = {
  'site.get': { valid: [{}], invalid: [], output: settings },
  'site.update': {
    valid: [
      { allowedOrigins: ['https://www.example.com', 'http://localhost:8080'] },
      { strategy: 'round-robin' },
    ],
    invalid: [
      { payload: { name: '' }, at: 'name' },
      { payload: { strategy: 'random' }, at: 'strategy' },
      { payload: { allowedOrigins: ['example.com'] }, at: 'allowedOrigins.0' },
      { payload: { allowedOrigins: ['https://example.com/page'] }, at: 'allowedOrigins.0' },
      { payload: { allowedOrigins: ["https://example.com'"] }, at: 'allowedOrigins.0' },
      { payload: { allowedOrigins: ['https://example.com;script-src'] }, at: 'allowedOrigins.0' },
      { payload: { allowedOrigins: ['https://example.com:port'] }, at: 'allowedOrigins.0' },
      { payload: { allowedOrigins: 'https://example.com' }, at: 'allowedOrigins' },
      { payload: { accent: 'red' }, at: 'accent' },
      { payload: { corner: 'top' }, at: 'corner' },
    ],
    output: settings,
  },
  'site.widget': {
    valid: [{}, { siteId: 'default' }],
    invalid: [{ payload: { siteId: 'a/b' }, at: 'siteId' }],
    output: { siteId: 'default', name: 'Example', ...look, online: true, messageMaxLength: 1000 },
  },
  'site.rotate-identity-secret': { valid: [{}], invalid: [], output: { identitySecret: 'is_shown_once' } },
  'api-key.list': { valid: [{}], invalid: [], output: [key] },
  'api-key.create': {
    valid: [{ name: 'Shop backend' }],
    invalid: [...[undefined, '', 7].map(name => ({ payload: { name }, at: 'name' }))],
    output: { ...key, key: 'pk_3fA9xQ1_shown_once' },
  },
  'api-key.revoke': {
    valid: [{ keyId: ids.key }],
    invalid: badIds('keyId').filter(({ payload }) => isNoKey(payload)),
    output: { revoked: true },
  },
  'health.get': {
    valid: [{}],
    invalid: [],
    output: {
      status: 'ok',
      timestamp: times.sent,
      message: 'The server works.',
      uptime: 12.5,
      version: '0.1.0',
      checks: { database: 'up', redis: 'not_configured' },
    },
  },
  'root.get': {
    valid: [{}],
    invalid: [],
    output: { name: 'Parley', version: '0.1.0', links: { docs: '/docs', health: '/api/health' } },
  },
}

/** The id of a key is ours alone: only what can't be text at all is refused by its form. */
function isNoKey(payload: unknown): boolean {
  const { keyId } = payload as { keyId?: unknown }
  return typeof keyId !== 'string' || keyId === '' || keyId.length > 64 || /[\0\ud800]/.test(keyId)
}
