import { initials } from '@parley/design/initials'
import { useState } from 'react'
import { type Status, StatusMark } from './status.tsx'
import './avatar.css'

interface AvatarProps {
  name: string
  picture?: string | null
  size?: number
  status?: Status | undefined
  /** Of a group: another shape than people have. */
  group?: boolean
}

/** Decoration beside the name that it stands for. A picture that can't be had is no picture. */
export function Avatar({ name, picture, size = 36, status, group = false }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null)
  return (
    <span
      className={group ? 'avatar avatar-group' : 'avatar'}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      aria-hidden="true"
    >
      {picture && picture !== broken ? (
        <img src={picture} alt="" width={size} height={size} onError={() => setBroken(picture)} />
      ) : (
        initials(name)
      )}
      {status && <StatusMark status={status} />}
    </span>
  )
}
