/** The same picture as public/favicon.svg. */
export const Logo = ({ size = 32 }: { size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} role="img" aria-label="Parley">
    <path
      fill="var(--accent)"
      d="M8 4h16a6 6 0 0 1 6 6v8a6 6 0 0 1-6 6h-7.5L9.6 29.4A1 1 0 0 1 8 28.6V24a6 6 0 0 1-6-6v-8a6 6 0 0 1 6-6Z"
    />
    <path
      fill="none"
      stroke="var(--on-accent)"
      strokeWidth="3"
      strokeLinecap="round"
      d="M10.5 12.5h11M10.5 17.5h6"
    />
  </svg>
)
