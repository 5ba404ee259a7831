export const DEMO_STYLE = `:root {
  color-scheme: light dark;
  --paper: light-dark(#fbf8f3, #171512);
  --card: light-dark(#ffffff, #211e1a);
  --ink: light-dark(#2a2520, #f0ebe3);
  --soft: light-dark(#6a6056, #b3a99c);
  --line: light-dark(#e6ddd0, #38332c);
  --wood: light-dark(#8a5a2b, #d9a066);
  --moss: light-dark(#4d6b3c, #a5c48d);
  --ember: light-dark(#a8452c, #e69378);
  font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif;
  background: var(--paper);
  color: var(--ink);
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
}
a {
  color: inherit;
}
a:focus-visible,
summary:focus-visible {
  outline: 2px solid var(--wood);
  outline-offset: 3px;
}
.skip {
  position: absolute;
  left: -999px;
}
.skip:focus {
  left: 16px;
  top: 48px;
  padding: 8px 16px;
  background: var(--card);
}
.demo-bar {
  margin: 0;
  padding: 8px 24px;
  background: var(--ink);
  color: var(--paper);
  font-size: 14px;
  text-align: center;
}
header,
main,
footer {
  max-width: 1040px;
  margin: 0 auto;
  padding: 0 24px;
}
header {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 24px;
  align-items: baseline;
  padding-block: 24px;
  border-bottom: 1px solid var(--line);
}
header ul {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 20px;
  flex: 1;
  margin: 0;
  padding: 0;
  list-style: none;
  color: var(--soft);
}
.brand {
  font-weight: 650;
  font-size: 20px;
  letter-spacing: -0.01em;
}
.hero {
  padding: 72px 0 56px;
}
.hero h1 {
  margin: 0 0 16px;
  font-size: clamp(34px, 6vw, 60px);
  line-height: 1.1;
  letter-spacing: -0.02em;
}
.hero p {
  max-width: 56ch;
  margin: 0;
  color: var(--soft);
  font-size: 18px;
}
.products {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(240px, 1fr));
  gap: 24px;
  margin: 0;
  padding: 0;
  list-style: none;
}
.product {
  padding: 24px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--card);
}
.demo-bar a {
  white-space: nowrap;
}
.product svg {
  width: 100%;
  height: auto;
  max-height: 168px;
  color: var(--wood);
}
.product.table svg {
  color: var(--moss);
}
.product.lamp svg {
  color: var(--ember);
}
.product h2 {
  margin: 16px 0 4px;
  font-size: 18px;
}
.product p {
  margin: 0;
  color: var(--soft);
}
.product .price {
  margin-top: 12px;
  color: var(--ink);
  font-weight: 600;
  font-variant-numeric: tabular-nums;
}
.promises {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
  gap: 24px;
  margin: 56px 0;
  padding: 24px 0;
  border-block: 1px solid var(--line);
}
.promises dt {
  font-weight: 600;
}
.promises dd {
  margin: 0;
  color: var(--soft);
}
.questions h2 {
  font-size: 20px;
}
.questions details {
  padding: 12px 0;
  border-bottom: 1px solid var(--line);
}
.questions summary {
  cursor: pointer;
}
.questions p {
  margin: 8px 0 0;
  color: var(--soft);
}
footer {
  padding-block: 48px 120px;
  color: var(--soft);
  font-size: 14px;
}
`
