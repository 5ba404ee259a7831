import { initials } from '@parley/design/initials'
import type { OperatorStatus } from './status.tsx'
import { StatusMark } from './status.tsx'
import './avatar.css'

interface AvatarProps {
  name: string
  picture?: string | null
  size?: number
  status?: OperatorStatus
}

/** Decoration beside the name that it stands for. */
export function Avatar({ name, picture, size = 36, status }: AvatarProps) {
  return (
    <span className="avatar" style={{ width: size, height: size, fontSize: size * 0.38 }} aria-hidden="true">
      {picture ? <img src={picture} alt="" width={size} height={size} /> : initials(name)}
      {status && <StatusMark status={status} />}
    </span>
  )
}
