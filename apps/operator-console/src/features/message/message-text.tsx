import { type Token, tokens } from '@parley/design/rich-text'
import { Fragment, memo } from 'react'

/** What somebody wrote: never HTML; its direction is its own. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return (
    <p className="message-text" dir="auto">
      {tokens(text).map((token, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a text never change places
        <Fragment key={at}>{shown(token)}</Fragment>
      ))}
    </p>
  )
})

function shown(token: Token) {
  if (token.kind === 'text') return token.text
  if (token.kind === 'code') return <code>{token.text}</code>
  return (
    <a href={token.href} target="_blank" rel="noopener noreferrer nofollow">
      {token.text}
    </a>
  )
}
