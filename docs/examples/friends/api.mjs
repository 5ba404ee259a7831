/** A call of the REST API; what it refuses is thrown in the words that the server has for it. */
export async function call(server, request, { token, body } = {}) {
  const [method, path] = request.split(' ')
  const response = await fetch(server + path, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!answer.success) throw new Error(`${request}: ${answer.message} (${answer.error})`)
  return answer.data
}
