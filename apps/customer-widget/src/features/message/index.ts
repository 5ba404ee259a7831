export { failedText } from './failed-text.ts'
export { Timeline } from './timeline.tsx'
