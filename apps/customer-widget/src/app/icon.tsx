const PATHS = {
  send: 'M3.4 20.4 21 12 3.4 3.6 3 10l11 2-11 2Z',
  menu: 'M5 10.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Zm7 0a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Zm7 0a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z',
  down: 'M12 15.8 5.2 9l1.4-1.4 5.4 5.3 5.4-5.3L18.8 9Z',
  clock:
    'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm1 2v4.6l3.2 3.2-1.4 1.4L11 12.4V7Z',
  check: 'M9.5 17.6 4 12.1l1.4-1.4 4.1 4.1 9.1-9.1L20 7.1Z',
  checks: 'M6.5 17.6 1 12.1l1.4-1.4 4.1 4.1 9.1-9.1L17 7.1Zm6.4 0-2-2 1.4-1.4.6.6 8.7-8.7L23 7.5Z',
  alert: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm-1 4v6.5h2V7Zm0 8v2h2v-2Z',
  attach:
    'M16.5 6v11.5a4 4 0 0 1-8 0V5a2.5 2.5 0 0 1 5 0v10.5a1 1 0 0 1-2 0V6H10v9.5a2.5 2.5 0 0 0 5 0V5a4 4 0 0 0-8 0v12.5a5.5 5.5 0 0 0 11 0V6Z',
  close: 'M6.4 19 5 17.6l5.6-5.6L5 6.4 6.4 5l5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6Z',
  file: 'M6 22a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2h8l6 6v12a2 2 0 0 1-2 2Zm7-13V4H6v16h12V9Z',
  take: 'M12 16 7 11l1.4-1.4 2.6 2.6V4h2v8.2l2.6-2.6L17 11Zm-8 4v-5h2v3h12v-3h2v5Z',
  leave:
    'M5 21a2 2 0 0 1-2-2V5c0-1.1.9-2 2-2h7v2H5v14h14v-7h2v7a2 2 0 0 1-2 2Zm4.7-5.3-1.4-1.4L17.6 5H14V3h7v7h-2V6.4Z',
} as const

export type IconName = keyof typeof PATHS

/** Decoration beside words, or inside something that has a name. */
export const Icon = ({ name, size = 24 }: { name: IconName; size?: number }) => (
  <svg viewBox="0 0 24 24" width={size} height={size} fill="currentColor" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)
