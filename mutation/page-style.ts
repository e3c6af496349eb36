/** The style of the mutation test's page: light and dark, print, and no font or image from elsewhere. */
export const pageStyle = `
:root { --ink: #1c2430; --dim: #5d6878; --line: #dfe4ea; --back: #f6f7f9; --card: #fff; --good: #12805c; --bad: #c02638; --warn: #b35c00; --good-back: #e3f4ed; --bad-back: #fdeaec; --warn-back: #fdf1e0; --hover: #eef3fb; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --dim: #98a3b3; --line: #2d3440; --back: #12161c; --card: #1a2028; --good: #4cc79a; --bad: #ff7a88; --warn: #f2a950; --good-back: #15332a; --bad-back: #3a1c22; --warn-back: #38290f; --hover: #222b37; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, main, nav { max-width: 1240px; margin: 0 auto; padding: 0 28px; }
header { padding-top: 40px; }
.over { margin: 0; color: var(--dim); }
h1 { margin: 4px 0 8px; font-size: 30px; line-height: 1.2; letter-spacing: -.01em; }
.lead { max-width: 76ch; margin: 0 0 24px; color: var(--dim); }
h2 { margin: 48px 0 12px; font-size: 20px; }
h3 { margin: 20px 0 4px; font-size: 15px; font-weight: 600; }
h2 small, .dim { color: var(--dim); font-size: 14px; font-weight: 400; margin-left: 6px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 0; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--line); border-radius: 8px; padding: 12px 16px; }
.tiles .good { border-top-color: var(--good); } .tiles .bad { border-top-color: var(--bad); } .tiles .warn { border-top-color: var(--warn); }
.tiles dt { color: var(--dim); } .tiles dd { margin: 0; } .tiles b { display: block; font-size: 28px; line-height: 1.25; font-variant-numeric: tabular-nums; } .tiles span { color: var(--dim); font-size: 13px; }
.tiles .bad b { color: var(--bad); } .tiles .warn b { color: var(--warn); } .tiles .good b { color: var(--good); }
nav { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 24px; padding-top: 10px; padding-bottom: 10px; background: var(--back); z-index: 5; box-shadow: 0 1px 0 var(--line); }
section { scroll-margin-top: 64px; }
nav a { color: inherit; text-decoration: none; border-bottom: 2px solid transparent; } nav a:hover, nav a:focus-visible { border-bottom-color: currentcolor; }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { margin: 4px 0; padding: 6px 10px; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--back); border-radius: 4px; }
.legend { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; margin: 32px 0 -24px; color: var(--dim); font-size: 14px; } .legend .cell:not(:first-child) { margin-left: 16px; }
.cell { display: inline-block; width: 11px; height: 11px; border-radius: 3px; border: 1.5px solid transparent; flex: none; vertical-align: middle; }
.hit { background: var(--good); } .listed { border-color: var(--good); } .lost { border-color: var(--bad); background: repeating-linear-gradient(45deg, var(--bad) 0 2px, transparent 2px 4px); } .noise { background: var(--warn); border-radius: 50%; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; }
summary { cursor: pointer; padding: 10px 16px; font-weight: 600; } summary:focus-visible { outline: 2px solid var(--ink); outline-offset: -2px; border-radius: 8px; }
.count { float: right; padding: 0 10px; border-radius: 99px; font-weight: 500; font-size: 14px; color: var(--dim); background: var(--back); } .count.good { color: var(--good); background: var(--good-back); } .count.bad { color: var(--bad); background: var(--bad-back); }
.trouble.bad { border-left: 4px solid var(--bad); } .trouble.warn { border-left: 4px solid var(--warn); }
.trouble ul { margin: 0; padding: 0 16px 12px 16px; list-style: none; } .trouble li { padding: 8px 0; border-top: 1px solid var(--line); } .trouble p { margin: 2px 0; color: var(--dim); }
.scroll { overflow: auto; max-height: 80vh; border-top: 1px solid var(--line); background: var(--card); border-radius: 0 0 8px 8px; }
section > .scroll { max-height: none; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: separate; border-spacing: 0; font-size: 13px; }
.plain { width: 100%; } .plain th, .plain td { text-align: left; padding: 6px 12px; border-bottom: 1px solid var(--line); vertical-align: top; } .plain th { color: var(--dim); font-weight: 500; position: sticky; top: 0; background: var(--card); } .number { text-align: right !important; font-variant-numeric: tabular-nums; }
.matrix th { text-align: left; font-weight: 400; white-space: nowrap; }
.matrix thead th { position: sticky; top: 0; z-index: 1; background: var(--card); vertical-align: bottom; padding: 8px 0; border-bottom: 1px solid var(--line); }
.matrix thead th:first-child { left: 0; z-index: 2; padding-left: 16px; color: var(--dim); } .matrix thead span { writing-mode: vertical-rl; transform: rotate(180deg); line-height: 20px; display: block; width: 20px; font-size: 12px; }
.matrix tbody th { position: sticky; left: 0; background: var(--card); padding: 2px 20px 2px 16px; } .matrix tbody th span { color: var(--dim); } .matrix b { font-weight: 600; }
.matrix td:not(.says) { width: 20px; min-width: 20px; height: 22px; text-align: center; line-height: 1; border-left: 1px solid color-mix(in srgb, var(--line) 45%, transparent); }
.matrix td.says { border-left: 1px solid color-mix(in srgb, var(--line) 45%, transparent); width: auto; text-align: left; line-height: 1.4; padding: 2px 16px; color: var(--dim); white-space: nowrap; }
tbody tr:hover > * { background: var(--hover); }
tr.bad > * { background: var(--bad-back) !important; } tr.warn > * { background: var(--warn-back) !important; }
.ids { margin: 0; padding: 8px 16px 14px; list-style: none; columns: 3 340px; column-gap: 24px; } .ids li { break-inside: avoid; overflow-wrap: anywhere; }
footer { margin: 48px 0; color: var(--dim); border-top: 1px solid var(--line); } footer p { max-width: 96ch; }
@media print { details:not([open]) > * { display: block; } .scroll { max-height: none; overflow: visible; } nav { display: none; } }
`;
