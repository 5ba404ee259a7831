import { Failure, type OperationName, operationsByName } from '@parley/contracts'
import type { Caller } from '@parley/core'
import type { Limits } from './limits/limits.ts'
import type { Authenticator, Credentials } from './types.ts'

/** Who calls. `operation`, where the request is for one: what is open to anyone is so to whom an old token has left behind too. */
export type Identify = (
  credentials: Credentials,
  address: string,
  operation?: OperationName,
) => Promise<Caller>

const ANYONE: Caller = { kind: 'anyone' }

export function createIdentify(authenticator: Authenticator, limits: Limits): Identify {
  return async (credentials, address, operation) => {
    try {
      return await authenticator.identify(credentials, operation)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (credentials.apiKey === null && isPublic(operation)) return ANYONE
      if (error.code !== 'unauthorized') throw error
      // Guessing at credentials has the limit of an address.
      await limits.request(ANYONE, address)
      throw error
    }
  }
}

const isPublic = (operation: OperationName | undefined): boolean =>
  operation !== undefined && (operationsByName[operation].who as readonly string[]).includes('anyone')
