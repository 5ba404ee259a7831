const PATHS = {
  send: 'M3.4 20.4 21 12 3.4 3.6 3 10l11 2-11 2Z',
  menu: 'M5 10.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Zm7 0a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Zm7 0a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z',
  down: 'M12 15.8 5.2 9l1.4-1.4 5.4 5.3 5.4-5.3L18.8 9Z',
  clock:
    'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm1 2v4.6l3.2 3.2-1.4 1.4L11 12.4V7Z',
  check: 'M9.5 17.6 4 12.1l1.4-1.4 4.1 4.1 9.1-9.1L20 7.1Z',
  checks: 'M6.5 17.6 1 12.1l1.4-1.4 4.1 4.1 9.1-9.1L17 7.1Zm6.4 0-2-2 1.4-1.4.6.6 8.7-8.7L23 7.5Z',
  alert: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm-1 4v6.5h2V7Zm0 8v2h2v-2Z',
} as const

export type IconName = keyof typeof PATHS

/** Decoration beside words, or inside something that has a name. */
export const Icon = ({ name, size = 24 }: { name: IconName; size?: number }) => (
  <svg viewBox="0 0 24 24" width={size} height={size} fill="currentColor" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)
