import { join } from 'node:path'
import type { Settings } from '../config/settings.ts'
import { SettingsError } from '../config/settings-error.ts'
import { makeSecret } from './make-secret.ts'
import { keepPrivate, readPrivate } from './private-file.ts'

/** What signs tokens: the given one, or the one kept in `DATA_DIR`, which is made at the first start outside production. */
export async function jwtSecretOf(
  settings: Pick<Settings, 'jwtSecret' | 'dataDir' | 'production'>,
): Promise<string> {
  if (settings.jwtSecret !== null) return settings.jwtSecret
  const file = join(settings.dataDir, 'secrets', 'jwt-secret')
  const kept = await readPrivate(file)
  if (kept !== null) return usable(kept.trim(), file)
  if (settings.production) {
    throw new SettingsError(
      'JWT_SECRET',
      'is missing: in production give one of at least 32 characters, such as `openssl rand -base64 48` prints',
    )
  }
  return usable((await keepPrivate(file, `${makeSecret('')}\n`)).trim(), file)
}

function usable(secret: string, file: string): string {
  if (secret.length >= 32) return secret
  throw new SettingsError('JWT_SECRET', `what is kept in ${file} is no secret: remove the file, or give one`)
}
