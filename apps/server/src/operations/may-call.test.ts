import { Failure, type OperationName, operationsByName, type Role } from '@parley/contracts'
import type { Caller } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { assertMayCall } from './may-call.ts'
import { OPEN_KEY_ID } from './types.ts'

const person = (role: Role): Caller => ({ kind: 'person', userId: 'u', role, name: null, loginId: 'l' })
const key = (keyId: string): Caller => ({ kind: 'key', keyId })
const anyone: Caller = { kind: 'anyone' }

function verdict(name: OperationName, caller: Caller): string {
  try {
    assertMayCall(operationsByName[name], caller)
    return 'ok'
  } catch (error) {
    return error instanceof Failure ? error.code : 'threw'
  }
}

describe('assertMayCall', () => {
  it.each<[OperationName, Caller, string]>([
    ['health.get', anyone, 'ok'],
    ['session.start', anyone, 'unauthorized'],
    ['session.start', person('visitor'), 'ok'],
    ['session.start', person('user'), 'ok'],
    ['session.start', person('operator'), 'forbidden'],
    ['session.start', key('k'), 'ok'],
    ['auth.me', person('system'), 'ok'],
    ['auth.me', key('k'), 'forbidden'],
    ['auth.me', key(OPEN_KEY_ID), 'unauthorized'],
    ['operator.list', person('visitor'), 'forbidden'],
    ['operator.list', person('nurse'), 'ok'],
    ['operator.list', person('admin'), 'ok'],
    ['operator.list', person('system'), 'forbidden'],
    ['site.update', person('operator'), 'forbidden'],
    ['site.update', person('admin'), 'ok'],
    ['api-key.create', key('k'), 'forbidden'],
    ['friend.list', person('user'), 'ok'],
    ['friend.list', person('doctor'), 'ok'],
    ['friend.list', person('visitor'), 'forbidden'],
    ['friend.list', person('system'), 'forbidden'],
    ['friend.list', key('k'), 'forbidden'],
    ['session.group', person('visitor'), 'forbidden'],
    ['session.group', key('k'), 'ok'],
    ['user.save', person('operator'), 'forbidden'],
    ['user.save', person('admin'), 'ok'],
    ['message.delete', person('user'), 'ok'],
    ['friend.list', person('visitor'), 'forbidden'],
    ['friend.list', person('system'), 'forbidden'],
    ['friend.list', person('user'), 'ok'],
    ['friend.list', person('doctor'), 'ok'],
    ['friend.list', key('k'), 'forbidden'],
    ['session.group', person('visitor'), 'forbidden'],
    ['session.group', key('k'), 'ok'],
    // Relations are proved by the operation itself.
    ['message.send', person('visitor'), 'ok'],
    ['message.send', person('system'), 'ok'],
    ['operator.set-status', person('operator'), 'ok'],
  ])('%s by %j → %s', (name, caller, expected) => {
    expect(verdict(name, caller)).toBe(expected)
  })
})
