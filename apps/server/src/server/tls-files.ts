import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Settings } from '../config/settings.ts'
import { SettingsError } from '../config/settings-error.ts'

/** The two files, read and fitting each other; null: plain HTTP. */
export async function readTls({
  https,
}: Pick<Settings, 'https'>): Promise<{ key: string; cert: string } | null> {
  if (https === null) return null
  const [key, cert] = await Promise.all([
    read('HTTPS_KEY', https.keyFile),
    read('HTTPS_CERT', https.certFile),
  ])
  check('HTTPS_CERT', 'is no certificate in PEM', () => new X509Certificate(cert))
  check('HTTPS_KEY', 'is no key in PEM, or not that of HTTPS_CERT', () => createSecureContext({ key, cert }))
  return { key, cert }
}

async function read(setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw wrong(setting, `${file} can't be read`, cause)
  }
}

function check(setting: string, problem: string, attempt: () => unknown): void {
  try {
    attempt()
  } catch (cause) {
    throw wrong(setting, problem, cause)
  }
}

const wrong = (setting: string, problem: string, cause: unknown) =>
  new SettingsError(setting, problem, { cause })
