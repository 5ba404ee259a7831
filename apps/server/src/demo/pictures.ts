import type { Product } from './texts.ts'

const drawing = (shapes: string) =>
  `<svg viewBox="0 0 240 160" aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor" stroke-width="6" stroke-linecap="round" stroke-linejoin="round">${shapes}</g></svg>`

/** Line drawings, so that the page needs nothing from elsewhere. */
export const PICTURES: Readonly<Record<Product['picture'], string>> = {
  chair: drawing(
    '<path d="M92 24v112M148 84v52M92 84h56M92 28c14-6 20 14 18 54"/><path d="M92 112h56" opacity=".5"/>',
  ),
  table: drawing('<path d="M40 60h160M58 60l-8 76M182 60l8 76"/><path d="M54 96h132" opacity=".5"/>'),
  lamp: drawing('<path d="M120 78v58M92 136h56M96 78h48l-12-50h-24z"/><path d="M120 78v14" opacity=".5"/>'),
}
