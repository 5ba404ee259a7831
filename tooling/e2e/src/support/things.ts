import type { Page } from 'playwright-core'

/** A file as a test hands it to a page. */
export interface Thing {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** A photograph, more or less: hills under a sky, drawn in the browser. */
export async function picture(page: Page, name: string, width: number, height: number): Promise<Thing> {
  const base64 = await page.evaluate(
    ([wide, high]) => {
      const canvas = document.createElement('canvas')
      canvas.width = wide
      canvas.height = high
      const pen = canvas.getContext('2d') as CanvasRenderingContext2D
      const sky = pen.createLinearGradient(0, 0, 0, high)
      sky.addColorStop(0, '#3f7cc4')
      sky.addColorStop(1, '#f5d9a8')
      pen.fillStyle = sky
      pen.fillRect(0, 0, wide, high)
      for (const [n, colour] of ['#5d8a66', '#3f6b4c', '#274a35'].entries()) {
        pen.fillStyle = colour
        pen.beginPath()
        pen.ellipse(wide * (0.2 + 0.3 * n), high, wide / 2, high * (0.5 - 0.12 * n), 0, Math.PI, 0)
        pen.fill()
      }
      return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? ''
    },
    [width, height] as const,
  )
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') }
}

const RATE = 8000

/** A low note, as a WAV file. */
export function sound(name: string, seconds: number): Thing {
  const samples = RATE * seconds
  const buffer = Buffer.alloc(44 + samples, 128)
  buffer.write('RIFF', 0)
  buffer.writeUInt32LE(36 + samples, 4)
  buffer.write('WAVEfmt ', 8)
  buffer.writeUInt32LE(16, 16)
  buffer.writeUInt16LE(1, 20)
  buffer.writeUInt16LE(1, 22)
  buffer.writeUInt32LE(RATE, 24)
  buffer.writeUInt32LE(RATE, 28)
  buffer.writeUInt16LE(1, 32)
  buffer.writeUInt16LE(8, 34)
  buffer.write('data', 36)
  buffer.writeUInt32LE(samples, 40)
  for (let n = 0; n < samples; n += 1)
    buffer[44 + n] = 128 + Math.round(60 * Math.sin((n * 220 * 6.28) / RATE))
  return { name, mimeType: 'audio/wav', buffer }
}

export const text = (name: string, content: string, mimeType = 'text/plain'): Thing => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
})
