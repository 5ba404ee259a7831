import { usePresence } from '@parley/sdk/react'
import { Avatar } from '../../ui/avatar.tsx'

interface PersonPictureProps {
  userId: string
  name: string
  picture: string | null
  size?: number
}

/** A person with a mark of where it is. */
export function PersonPicture({ userId, name, picture, size = 36 }: PersonPictureProps) {
  const presence = usePresence(userId)
  return <Avatar name={name} picture={picture} size={size} status={presence?.status} />
}
