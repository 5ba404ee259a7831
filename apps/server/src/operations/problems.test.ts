import { Failure, type OperationName, operationsByName } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { problemsOf, retold, type Spelling } from './problems.ts'

const spelling: Spelling = {
  fields: { message: 'text', messageType: 'type' },
  values: { senderType: { agent: 'operator' } },
}

function problems(name: OperationName, input: unknown, locale: 'en' | 'zh' = 'en') {
  const parsed = operationsByName[name].input.safeParse(input)
  return parsed.success ? [] : problemsOf(parsed.error, locale, spelling).map(p => `${p.path}: ${p.message}`)
}

describe('problemsOf', () => {
  it.each<[OperationName, unknown, string[]]>([
    ['session.get', {}, ['sessionId: is required']],
    ['session.get', [], [': must be a JSON object']],
    ['session.get', { sessionId: 'active' }, ['sessionId: is a reserved word']],
    ['message.send', { sessionId: 's', text: 7 }, ['message: must be a text']],
    [
      'message.send',
      { sessionId: 's', senderType: 'cat' },
      ['senderType: must be one of: user, agent, system'],
    ],
    [
      'message.send',
      { sessionId: 's', fileName: 'x'.repeat(256) },
      ['fileName: must have at most 255 characters'],
    ],
    ['message.send', { sessionId: 's', fileSize: -1 }, ['fileSize: must be at least 0']],
    [
      'message.list',
      { sessionId: 's', page: 1.5, limit: 'x' },
      ['page: must be a whole number', 'limit: must be a whole number'],
    ],
    ['message.list', { sessionId: 's', page: ['1', '2'] }, ['page: must be a number']],
    ['message.list', { sessionId: 's', page: '0' }, ['page: must be at least 1']],
    ['session.sync', { sessions: { a: -1 } }, ['sessions.a: must be at least 0']],
    [
      'session.sync',
      { sessions: { 'a/b': 1 } },
      ['sessions.a/b: must not contain "/" or control characters'],
    ],
    ['operator.create', { name: '' }, ['name: must not be empty']],
    ['session.history', { from: 'soon' }, ['from: must be a time such as 2026-01-31T12:00:00.000Z']],
  ])('%s %j', (name, input, expected) => {
    expect(problems(name, input)).toEqual(expected)
  })

  it('speaks Chinese, in the sentences of the schemas too', () => {
    expect(problems('session.get', {}, 'zh')).toEqual(['sessionId: 为必填项'])
    expect(problems('session.get', { sessionId: 'active' }, 'zh')).toEqual(['sessionId: 是保留字'])
  })
})

describe('retold', () => {
  it('tells what a rule of the core refuses in the caller’s spelling and language', () => {
    const tooLong = new Failure('validation_failed', { max: 1000 }, [
      { path: 'text', message: 'must have at most {max} characters' },
    ])
    expect(retold(tooLong, 'en', spelling).details).toEqual([
      { path: 'message', message: 'must have at most 1000 characters' },
    ])
    expect(retold(tooLong, 'zh', spelling).details).toEqual([
      { path: 'message', message: '最多 1000 个字符' },
    ])
    expect(retold(tooLong, 'en').details[0]?.path).toBe('text')
  })

  it('leaves what a handler has said already', () => {
    const said = new Failure('validation_failed', {}, [{ path: 'userId', message: '为必填项 {x' }])
    expect(retold(said, 'zh', spelling).details).toEqual(said.details)
  })
})
