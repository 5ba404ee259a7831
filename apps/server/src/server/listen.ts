import { networkInterfaces } from 'node:os'
import type { FastifyInstance } from 'fastify'
import type { Settings } from '../config/settings.ts'
import { SettingsError } from '../config/settings-error.ts'

type ListenSettings = Pick<Settings, 'host' | 'port' | 'production' | 'publicUrl' | 'https'>

/** Listens, and answers with where people find the server. */
export async function listen(app: FastifyInstance, settings: ListenSettings): Promise<string> {
  const host = settings.host ?? defaultHost(settings.production)
  try {
    await app.listen({ port: settings.port, host })
  } catch (error) {
    throw explained(error, settings, host)
  }
  return settings.publicUrl ?? addressOf(app, settings)
}

/** Outside production this machine alone: open mode trusts it. */
function defaultHost(production: boolean): string {
  if (!production) return 'localhost'
  const hasIpv6 = Object.values(networkInterfaces()).some(each =>
    each?.some(({ family }) => family === 'IPv6'),
  )
  return hasIpv6 ? '::' : '0.0.0.0'
}

function addressOf(app: FastifyInstance, { https }: ListenSettings): string {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens nowhere')
  const scheme = https ? 'https' : 'http'
  const { port } = address
  const name = isEverywhere(address.address)
    ? 'localhost'
    : address.family === 'IPv6'
      ? `[${address.address}]`
      : address.address
  return `${scheme}://${name}:${port}`
}

const isEverywhere = (address: string): boolean => ['::', '0.0.0.0', '127.0.0.1', '::1'].includes(address)

function explained(error: unknown, { port }: ListenSettings, host: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE')
    return new SettingsError('PORT', `${port} is in use: stop what listens there, or set another`, {
      cause: error,
    })
  if (code === 'EACCES')
    return new SettingsError('PORT', `${port} may not be listened on by this user: set one from 1024`, {
      cause: error,
    })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new SettingsError('HOST', `${host} is no address of this machine`, { cause: error })
  return error
}
