import type { ReactNode } from 'react'

const line = (d: string) => <path d={d} />

const SHAPES = {
  sessions: line('M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z'),
  team: (
    <>
      <circle cx="9" cy="8" r="3.5" />
      {line('M2.5 20a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.4a6.5 6.5 0 0 1 3.5 5.6')}
    </>
  ),
  settings: (
    <>
      {line('M4 7h9M17 7h3M4 17h3M11 17h9')}
      <circle cx="15" cy="7" r="2" />
      <circle cx="9" cy="17" r="2" />
    </>
  ),
  search: (
    <>
      <circle cx="11" cy="11" r="6" />
      {line('m20 20-4.7-4.7')}
    </>
  ),
  back: line('m14 6-6 6 6 6'),
  forward: line('m10 6 6 6-6 6'),
  down: line('m6 10 6 6 6-6'),
  close: line('M6 6l12 12M18 6 6 18'),
  check: line('m5 12.5 4.5 4.5L19 7.5'),
  checks: line('m2 12.5 4.5 4.5L16 7.5M11.5 16l1 1L22 7.5'),
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      {line('M12 7v5l3.5 2')}
    </>
  ),
  alert: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      {line('M12 7.5v5.5M12 16.2v.1')}
    </>
  ),
  send: line('M20 4 3 11l6.5 2.5L12 20l8-16ZM9.5 13.5 20 4'),
  transfer: line('M4 8h14l-4-4M20 16H6l4 4'),
  end: line('M5 12.5 9.5 17 19 7.5'),
  take: line('M12 4v11M7.5 10.5 12 15l4.5-4.5M5 20h14'),
  plus: line('M12 5v14M5 12h14'),
  copy: line('M9 9h10v11H9zM15 9V4H5v11h4'),
  keyboard: (
    <>
      <rect x="2.5" y="6" width="19" height="12" rx="2" />
      {line('M6.5 10h.1M10 10h.1M13.5 10h.1M17 10h.1M8 14h8')}
    </>
  ),
  out: line('M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M10 12h11m-4-4 4 4-4 4'),
  attach: line(
    'M20 11.5 11.8 19.7a5 5 0 0 1-7-7L13.5 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.4a1.7 1.7 0 0 1-2.4-2.4L15 7',
  ),
  more: line('M5.5 12h.1M12 12h.1M18.5 12h.1'),
  reply: line('M9.5 6 4 11.5 9.5 17M4 11.5h10a6 6 0 0 1 6 6V19'),
  share: line('M14.5 6 20 11.5 14.5 17M20 11.5H10a6 6 0 0 0-6 6V19'),
  trash: line('M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 10.5v6M14 10.5v6'),
  file: line('M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5v5h5'),
  crown: line('M4 8.5 8 12l4-6.5 4 6.5 4-3.5-1.5 10h-13z'),
  offline: line(
    'M3 3l18 18M5 12.5a10 10 0 0 1 4-2.4M2 8.8a15 15 0 0 1 4.5-2.7M12.5 5a15 15 0 0 1 9.5 3.8M15 10.3a10 10 0 0 1 4 2.2M8.5 16.2a5 5 0 0 1 6.6-.3M12 20h.1',
  ),
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof SHAPES

/** Decoration: what it means is said in words beside it or in the label of its button. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  )
}
