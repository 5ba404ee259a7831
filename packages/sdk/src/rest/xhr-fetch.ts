/** `fetch`, as far as an upload needs it, that tells how far the body has gone: `fetch` itself does not say. */
export const xhrFetch =
  (Xhr: typeof XMLHttpRequest, onProgress: (share: number) => void): typeof fetch =>
  (url, { method = 'GET', headers, credentials, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const xhr = new Xhr()
      const failed = () => reject(new TypeError('The request failed'))
      xhr.open(method, String(url))
      xhr.withCredentials = credentials !== 'omit'
      for (const [name, value] of new Headers(headers)) xhr.setRequestHeader(name, value)
      xhr.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
      xhr.onload = () => {
        const retryAfter = xhr.getResponseHeader('Retry-After')
        const told = retryAfter === null ? {} : { headers: { 'Retry-After': retryAfter } }
        resolve(new Response(xhr.responseText, { status: xhr.status, ...told }))
      }
      xhr.onerror = failed
      xhr.onabort = failed
      if (signal?.aborted) return failed()
      signal?.addEventListener('abort', () => xhr.abort())
      xhr.send(body as XMLHttpRequestBodyInit)
    })
