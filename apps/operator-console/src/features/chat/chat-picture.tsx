import type { PersonCard } from '@parley/contracts'
import { Avatar } from '../../ui/avatar.tsx'
import { PersonPicture } from '../presence/index.ts'

interface ChatPictureProps {
  title: string
  /** Of a private session. */
  other: PersonCard | null
  size?: number
}

/** The other one, with where they are, or a group. */
export const ChatPicture = ({ title, other, size = 36 }: ChatPictureProps) =>
  other ? (
    <PersonPicture userId={other.id} name={title} picture={other.avatar} size={size} />
  ) : (
    <Avatar name={title} size={size} group />
  )
