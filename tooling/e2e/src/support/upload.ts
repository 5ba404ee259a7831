import type { Body, Credential } from './http.ts'
import { API_KEY, type TestServer } from './server.ts'

export interface UploadedFile {
  readonly fileUrl: string
  readonly fileName: string
  readonly fileSize: number
  readonly mimeType: string
  readonly thumbnailUrl: string | null
}

export const headersOf = ({ token, key }: Credential): Record<string, string> => ({
  ...(token && { authorization: `Bearer ${token}` }),
  ...(key && { 'x-api-key': API_KEY }),
})

/** `POST /api/files`, as a page's own fetch and FormData make it. */
export async function upload(
  server: TestServer,
  by: Credential,
  content: Uint8Array | string,
  name: string,
): Promise<{ readonly status: number; readonly body: Body<UploadedFile> }> {
  const form = new FormData()
  form.append('file', new Blob([content as BlobPart]), name)
  const response = await fetch(`${server.url}/api/files`, {
    method: 'POST',
    headers: headersOf(by),
    body: form,
  })
  return { status: response.status, body: (await response.json()) as Body<UploadedFile> }
}
