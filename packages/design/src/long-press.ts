/** Milliseconds. */
const LONG_MS = 450
/** A finger that has moved so far scrolls. Pixels. */
const MOVED = 10

type Press = Pick<PointerEvent, 'pointerType' | 'clientX' | 'clientY'>

/** What a finger that rests on something does; a mouse has other ways. The handlers are those of an element. */
export function createLongPress(act: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let from: Press | null = null
  const end = () => {
    clearTimeout(timer)
    from = null
  }
  return {
    onPointerDown(press: Press) {
      end()
      if (press.pointerType !== 'touch') return
      from = press
      timer = setTimeout(act, LONG_MS)
    },
    onPointerMove({ clientX, clientY }: Press) {
      if (from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > MOVED) end()
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}
