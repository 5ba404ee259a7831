import { Popover as Radix } from 'radix-ui'
import { type ReactNode, use } from 'react'
import { LayerContext } from './layer.ts'
import './menu.css'

interface PopoverProps {
  trigger: ReactNode
  label: string
  children: ReactNode
}

/** Something to be read beside what one has pressed; a menu is for what can be done. */
export const Popover = ({ trigger, label, children }: PopoverProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal container={use(LayerContext)}>
      <Radix.Content className="menu" aria-label={label} align="end" sideOffset={6} collisionPadding={8}>
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
