/** Milliseconds. */
const LONG_MS = 450
/** A finger that has moved so far scrolls. Pixels. */
const MOVED = 10

type Press = Pick<PointerEvent, 'pointerType' | 'clientX' | 'clientY'>
type Answer = Pick<MouseEvent, 'detail' | 'preventDefault' | 'stopPropagation'>

/** What a finger that rests on something does; a mouse has other ways. The handlers are those of an element. */
export function createLongPress(act: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let from: Press | null = null
  let acted = false
  const end = () => {
    clearTimeout(timer)
    from = null
  }
  return {
    onPointerDown(press: Press) {
      end()
      acted = false
      if (press.pointerType !== 'touch') return
      from = press
      timer = setTimeout(() => {
        acted = true
        act()
      }, LONG_MS)
    },
    onPointerMove({ clientX, clientY }: Press) {
      if (from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > MOVED) end()
    },
    onPointerUp: end,
    onPointerCancel: end,
    // Browsers that make a mouse of a lifted finger would take the focus from what it has opened, which closes that.
    onMouseDown(press: Pick<Answer, 'preventDefault'>) {
      if (acted) press.preventDefault()
    },
    // The same finger is no press on what lies under it as well, nor does it ask for the browser's own menu.
    onClickCapture(click: Answer) {
      if (!acted || click.detail === 0) return
      acted = false
      click.preventDefault()
      click.stopPropagation()
    },
    onContextMenu(menu: Pick<Answer, 'preventDefault'>) {
      if (acted) menu.preventDefault()
    },
  }
}
