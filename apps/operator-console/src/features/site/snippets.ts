const attribute = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/** What a page needs to have the widget. */
export const embedSnippet = (origin: string, siteId: string): string =>
  `<script async src="${attribute(origin)}/widget.js" data-site="${attribute(siteId)}"></script>`

/** How a page says who its visitor is; the hash is made on its server. */
export const identifySnippet =
  (): string => `window.parley = window.parley || function () { (parley.q = parley.q || []).push(arguments) }
parley('identify', {
  userId: '42',
  userHash: '…', // HMAC-SHA256 of the userId, hex, made on your server
  name: 'Lin Wei',
})`
