import type { SearchIndex } from '../../../background/search-index.ts'

/** Until there is nothing left to take in. */
export async function feedAll(index: SearchIndex): Promise<void> {
  for (let { behind } = await index.look(''); behind.length > 0; { behind } = await index.look('')) {
    await index.feed(behind)
  }
}
