import type { FirstStart } from './first-start.ts'

export interface WelcomeParts {
  /** Where this server is reached: `http://localhost:3000`. */
  readonly url: string
  readonly first: FirstStart
  /** Does a person read this? Then passwords may be in it; otherwise it may end in a log. */
  readonly terminal: boolean
  readonly demoPage: boolean
  readonly embedded: boolean
}

/** What the start ends by printing: where to look, and how to sign in. */
export function welcome({ url, first, terminal, demoPage, embedded }: WelcomeParts): string[] {
  const [operator, ...others] = first.demo
  return [
    `Parley is running at ${url}`,
    '',
    ...(demoPage ? [`  Demo page   ${url}/demo`] : []),
    `  Console     ${url}/console/`,
    `  API         ${url}/docs`,
    '',
    ...(operator && demoPage
      ? [
          ...signIn('To answer visitors', operator, first.demoFile, terminal),
          ...(others.length > 0 && terminal ? [`    (a second operator is in ${first.demoFile})`] : []),
        ]
      : []),
    ...(first.admin ? signIn('To set things up', first.admin, first.adminFile, terminal) : []),
    ...(first.admin && terminal ? ['    Change it there: it is not shown again.'] : []),
    ...(embedded ? ['', `  ${EMBEDDED}`] : []),
  ]
}

const EMBEDDED =
  'The embedded database survives a crash of the server, but maybe not a power failure: for real use set DATABASE_URL.'

const signIn = (
  what: string,
  { username, password }: { readonly username: string; readonly password: string },
  file: string,
  terminal: boolean,
): string[] => [
  `  ${what} sign in to the console as ${username}`,
  terminal ? `    password: ${password}` : `    its password is in ${file}`,
]
