import type { ExamplesOf } from './define.ts'
import { user } from './entities.ts'

const id = '0193f2a1-7c3e-7b8a-9d21-5e0f6a7b8c9d'
const url = `/files/${id}?expires=1798761600&signature=Zk3x0mP0vV4w0e1Uq2sYb7nJc5tR8aLd6fGh9iKo1Xs`

export const fileExamples: ExamplesOf<'file.upload' | 'user.set-avatar'> = {
  'file.upload': {
    valid: [{}],
    invalid: [],
    output: {
      id,
      url,
      name: 'photo.jpg',
      size: 48_213,
      mimeType: 'image/jpeg',
      width: 1600,
      height: 1200,
      durationMs: null,
      thumbnailUrl: url.replace('?', '/thumbnail?'),
    },
  },
  'user.set-avatar': {
    valid: [{ avatar: url }, { avatar: '' }],
    invalid: ['avatar.png', '//evil.example/a.png', 'javascript:alert(1)', '/\\evil.example', ['a'], 7].map(
      avatar => ({ payload: { avatar }, at: 'avatar' }),
    ),
    output: { ...user, avatar: `/files/${id}` },
  },
}
