import { expect, test } from 'vitest'
import { tokens } from './rich-text.ts'

const marked = (text: string) =>
  tokens(text)
    .map(token => (token.kind === 'text' ? token.text : `<${token.kind} ${token.text}>`))
    .join('')

test.each([
  ['see https://a.example/b?c=d#e now', 'see <link https://a.example/b?c=d#e> now'],
  ['It is https://a.example.', 'It is <link https://a.example>.'],
  ['(https://a.example/x)', '(<link https://a.example/x>)'],
  ['https://a.example/wiki/X_(y)', '<link https://a.example/wiki/X_(y)>'],
  ['请看https://a.example/订单，谢谢', '请看<link https://a.example/>订单，谢谢'],
  ['HTTPS://A.example', '<link HTTPS://A.example>'],
  ['https:// and http://', 'https:// and http://'],
  ['javascript:alert(1) ftp://a.example', 'javascript:alert(1) ftp://a.example'],
  ['run `npm start` first', 'run <code npm start> first'],
  ['`https://a.example`', '<code https://a.example>'],
  ['a ` b and ``', 'a ` b and ``'],
  ['`two\nlines`', '`two\nlines`'],
  ['<b>https://a.example</b>', '<b><link https://a.example></b>'],
  ['', ''],
])('%j reads %j', (text, expected) => {
  expect(marked(text)).toBe(expected)
})

test('nothing of a text is lost', () => {
  const text = 'a `b` https://c.example/d). e\nhttp://f.example, `g'
  const back = tokens(text)
    .map(token => (token.kind === 'code' ? `\`${token.text}\`` : token.text))
    .join('')
  expect(back).toBe(text)
})
