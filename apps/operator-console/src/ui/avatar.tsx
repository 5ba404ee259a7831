import { initials } from '@parley/design/initials'
import { useState } from 'react'
import type { OperatorStatus } from './status.tsx'
import { StatusMark } from './status.tsx'
import './avatar.css'

interface AvatarProps {
  name: string
  picture?: string | null
  size?: number
  status?: OperatorStatus
}

/** Decoration beside the name that it stands for. A picture that can't be had is no picture. */
export function Avatar({ name, picture, size = 36, status }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null)
  return (
    <span className="avatar" style={{ width: size, height: size, fontSize: size * 0.38 }} aria-hidden="true">
      {picture && picture !== broken ? (
        <img src={picture} alt="" width={size} height={size} onError={() => setBroken(picture)} />
      ) : (
        initials(name)
      )}
      {status && <StatusMark status={status} />}
    </span>
  )
}
