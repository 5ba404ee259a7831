import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { contentSecurityPolicy } from '../http/security-headers.ts'
import { Assets } from './assets.ts'
import { REVALIDATED } from './cache.ts'

const BUNDLED = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const

/** The API reference. The documents are printed when somebody first asks: a start does not wait for them. */
export function routeReference(app: FastifyInstance, version: string): void {
  routeDocument(app, '/openapi.json', async () =>
    (await import('../../reference/openapi.ts')).printOpenApi(version),
  )
  routeDocument(app, '/asyncapi.json', async () =>
    (await import('../../reference/asyncapi.ts')).printAsyncApi(version),
  )
  routeDocs(app)
}

function routeDocument(app: FastifyInstance, path: string, print: () => Promise<unknown>): void {
  let printed: Promise<string> | null = null
  app.get(path, async (_request, reply) => {
    printed ??= print().then(document => JSON.stringify(document))
    return reply
      .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': REVALIDATED })
      .send(await printed)
  })
}

/** Swagger UI out of the package that carries its files: nothing comes from elsewhere. */
function routeDocs(app: FastifyInstance): void {
  const require = createRequire(import.meta.url)
  const assets = new Assets(join(dirname(require.resolve('@fastify/swagger-ui/package.json')), 'static'))
  app.get('/docs', (_request, reply) =>
    reply
      .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
      .send(PAGE),
  )
  app.get('/docs/start.js', (_request, reply) =>
    reply.headers({ 'content-type': 'text/javascript; charset=utf-8' }).send(START),
  )
  for (const file of BUNDLED) {
    app.get(`/docs/${file}`, (request, reply) =>
      assets.send(file, request, reply.header('cache-control', REVALIDATED)),
    )
  }
}

/** Swagger UI writes styles into its elements and draws its icons as data. */
const POLICY = contentSecurityPolicy({
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
})

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Parley: API reference</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<noscript>The reference is drawn by a script; the document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: request => ({ ...request, headers: { ...request.headers, 'X-Parley': '1' } }),
})
`
