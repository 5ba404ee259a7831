export { Announcements } from './announcements.tsx'
export { reportToPage } from './report.ts'
export { createSoundChoice, type SoundChoice, SoundProvider, useSound } from './sound-choice.ts'
export { soundNews } from './sound-news.ts'
