/** Two soft notes, made here: no file to load. Hertz and seconds. */
const NOTES = [
  { frequency: 660, at: 0 },
  { frequency: 880, at: 0.12 },
]
const LASTS = 0.35
const LOUDNESS = 0.12

/** Several things at once are one sound. Milliseconds. */
const QUIET_MS = 1000

let context: AudioContext | null = null
let playedAt = Number.NEGATIVE_INFINITY

/** A page that nobody has touched yet may not make a sound: then there is none. */
export function playSound(): void {
  if (performance.now() - playedAt < QUIET_MS) return
  playedAt = performance.now()
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  for (const note of NOTES) play(context, note)
}

function play(audio: AudioContext, { frequency, at }: { frequency: number; at: number }): void {
  const start = audio.currentTime + at
  const tone = new OscillatorNode(audio, { type: 'sine', frequency })
  const volume = new GainNode(audio, { gain: 0 })
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.01)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + LASTS)
  tone.connect(volume).connect(audio.destination)
  tone.start(start)
  tone.stop(start + LASTS)
}
