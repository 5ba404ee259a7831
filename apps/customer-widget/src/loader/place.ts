export interface Place {
  /** Where this script came from, with a slash at its end. */
  readonly server: string
  readonly origin: string
  readonly siteId: string
}

/** By the script that is running, or, where a page loads it as a module, by its attribute. */
export function findPlace(): Place {
  const script = (document.currentScript ?? document.querySelector('script[data-site]')) as HTMLScriptElement
  const { href, origin } = new URL('.', script.src)
  return { server: href, origin, siteId: script.dataset['site'] ?? 'default' }
}
