import { crc32 } from 'node:zlib'
import sharp from 'sharp'

type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } })

export const picture = (format: Format, width = 60, height = 40): Promise<Buffer> =>
  canvas(width, height).toFormat(format).toBuffer()

/** Held sideways: 40 × 60 to the eye; it says where and with what it was taken. */
export const sidewaysPhoto = (): Promise<Buffer> =>
  canvas(60, 40)
    .withExif({ IFD0: { Model: 'SecretCamera', Orientation: '6' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

/** Three frames. */
export async function moving(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all(
    ['red', 'green', 'blue'].map(background =>
      sharp({ create: { width: 30, height: 20, channels: 4, background } })
        .png()
        .toBuffer(),
    ),
  )
  return sharp(frames, { join: { animated: true } })
    .toFormat(format, { delay: [100, 100, 100] })
    .toBuffer()
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A few bytes that say they are 50,000 × 50,000 pixels. */
export function bomb(): Buffer {
  const header = Buffer.from([...[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50], 1, 0, 0, 0, 0])
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = Buffer.from('789c6360000002000155a6d4a70000000049454e44ae426082', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A second and a half of silence. */
export function wav(): Buffer {
  const samples = 12_000
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(8000, 24)
  header.writeUInt32LE(8000, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples, 40)
  return Buffer.concat([header, Buffer.alloc(samples, 128)])
}

export const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')

/** An archive with nothing in it but its end. */
export const zip = Buffer.concat([
  Buffer.from('504b030414000000000000002100', 'hex'),
  Buffer.from('000000000000000000000000', 'hex'),
  Buffer.from('0100000061', 'hex'),
  Buffer.from('504b0506', 'hex'),
  Buffer.alloc(18),
])

/** A compound file whose directory has one stream of this name. */
export function compound(stream: string): Buffer {
  const header = Buffer.alloc(512)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  const entry = Buffer.alloc(128)
  entry.write(stream, 0, 'utf16le')
  entry.writeUInt16LE(stream.length * 2 + 2, 64)
  entry[66] = 2
  return Buffer.concat([header, Buffer.alloc(512), entry, Buffer.alloc(384)])
}
