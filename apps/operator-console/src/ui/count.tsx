import './count.css'

const MOST = 99

/** How many are unread; `words` say what the number counts. */
export const Count = ({ n, words }: { n: number; words: string }) =>
  n > 0 && (
    <span className="count numbers">
      {n > MOST ? `${MOST}+` : n}
      <span className="unseen"> {words}</span>
    </span>
  )
