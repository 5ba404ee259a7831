/**
 * The page's own rules can't reach in here, and `!important` of a shadow's host wins over the page's. Colours and
 * sizes are those of @parley/design, written out: the page has no tokens. The icon is black or white, whichever
 * reads better on the accent: at this lightness (CIE L*) both have the same contrast.
 */
export const STYLES = `:host{all:initial!important;display:contents!important}
div{position:fixed;z-index:999999999;bottom:calc(20px + env(safe-area-inset-bottom))}
button,iframe{border:0;box-shadow:0 0 1px,0 4px 24px #0005}
button{display:grid;place-items:center;width:56px;height:56px;border-radius:50%;background:var(--accent);color:lab(from var(--accent) calc((49.44 - l)*1e9) 0 0);cursor:pointer}
i{width:24px;height:24px;background:currentColor;clip-path:path("M12 3a10 8.5 0 1 1-4 16.3L3 21.5l1.2-4.6A10 8.5 0 0 1 12 3Z")}
.open i{clip-path:path("M4 9l2-2 6 6 6-6 2 2-8 8Z")}
b{position:absolute;top:-4px;right:-4px;min-width:20px;border-radius:10px;background:#b3261e;color:#fff;font:12px/20px system-ui}
output{position:fixed;clip-path:inset(50%)}
iframe{position:absolute;bottom:72px;width:min(384px,100vw - 40px);height:min(640px,100vh - 112px);border-radius:16px;background:Canvas}
div:not(.open) iframe{visibility:hidden;translate:0 8px}
.full iframe{position:fixed;inset:var(--top) 0 auto!important;width:100%;height:var(--height);border-radius:0}
.full.open button{display:none}
@media(prefers-reduced-motion:no-preference){iframe{transition:.14s}}`
