import type { OperatorCard } from '@parley/contracts'
import { initials } from '@parley/design/initials'
import { useState } from 'react'

/** Decoration beside the name that it stands for. A picture that can't be had is no picture. */
export function Avatar({ operator: { name, avatar } }: { operator: OperatorCard }) {
  const [broken, setBroken] = useState<string | null>(null)
  return (
    <span className="avatar" aria-hidden="true">
      {avatar && avatar !== broken ? (
        <img src={avatar} alt="" onError={() => setBroken(avatar)} />
      ) : (
        initials(name)
      )}
    </span>
  )
}
