import type { Uploading } from '@parley/sdk'

/** Whole per cent; all of it only when all of it is there. An empty file is there at once. */
export const percentOf = ({ loaded, total }: Pick<Uploading, 'loaded' | 'total'>): number =>
  total === 0 ? 100 : Math.floor((loaded / total) * 100)
