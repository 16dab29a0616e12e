/** How a timeline looks where there is no room for a column a party: a thin line each, all text beside them. */
const narrow = (within: string) => `
${within}{grid-template-columns:var(--time) repeat(var(--lanes),14px) minmax(0,1fr)}
${within} .head.party{padding:0;text-align:center}
${within} .head.party span,${within} .head.engine,${within} .head.application{display:none}
${within} .row .event,${within} .row .states{grid-column:-2;margin-left:6px;width:auto;max-width:none}
${within} .row .states{grid-row:calc(var(--row) + 1);display:flex;flex-wrap:wrap;gap:3px;padding:1px 0 3px}
${within} .row .state b{display:inline}
${within} .row .state{margin-left:0;max-width:100%}
${within} .who.own{display:inline}
${within} .row.gone .event{grid-column:-2;margin-left:6px}
${within} .span{width:6px;margin-left:1px}
${within} .span.hears{margin-left:8px;width:4px}
`;

/** The looks of a page: light and dark, from a telephone to a wide screen, with the fonts of whoever looks. */
export const style = `
:root{color-scheme:light dark;--time:3.9rem;
--paper:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--shade:#f3f5f7;--link:#0550ae;
--good:#116329;--bad:#a40e26;--warn:#7a4b00;--new:#d8f5dd;--gone:#ffe0de;--now:#fff1a8;
--called:#8c959f;--rings:#d18a00;--waits:#b08fd8;--onTheLine:#6aa6e8;--talks:#2f9e4d;--listens:#7fc08f;--held:#c5704f;--queued:#8b5fbf;--hears:#0b8f9c}
@media (prefers-color-scheme:dark){:root{
--paper:#0f1318;--ink:#e2e8ee;--soft:#9aa6b2;--line:#343c46;--shade:#1a2027;--link:#79b8ff;
--good:#5fd07b;--bad:#ff8b85;--warn:#e8b75c;--new:#12361c;--gone:#46191b;--now:#574a00;
--called:#717b86;--rings:#d9a036;--waits:#9d83c4;--onTheLine:#4a86c8;--talks:#3fae5e;--listens:#5f9c70;--held:#cb7c5c;--queued:#9d78cf;--hears:#2ba9b6}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{background:var(--paper);color:var(--ink);font:15px/1.45 system-ui,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:0 12px 40px;max-width:1700px}
h1{font-size:1.4rem;margin:14px 0 0;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:20px 0 8px}
h3{font-size:.9rem;font-weight:normal;margin:0 0 4px;overflow-wrap:anywhere}
header p{margin:2px 0 12px;color:var(--soft)}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:1px}
pre,code,.source{font:12.5px/1.5 ui-monospace,monospace}
pre{margin:4px 0;padding:6px 8px;background:var(--shade);border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:24rem;overflow:auto}
small{color:var(--soft);font-size:.85em}
.filters{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;margin-bottom:10px}
.filters fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px 14px}
.filters legend{float:left;padding:0;margin-right:10px;color:var(--soft)}
.filters input[type=search]{font:inherit;padding:4px 8px;width:15rem;max-width:60vw}
body:has(#show-bad:checked) .flow.good,body:has(#show-good:checked) .flow.bad,.flow.other{display:none}
.flow{border-top:1px solid var(--line)}
.flow>summary{padding:8px 2px;cursor:pointer;overflow-wrap:anywhere}
.flow[open]{padding-bottom:20px}
.verdict{font-size:.8rem;padding:1px 7px;border-radius:9px;border:1px solid currentColor}
.verdict.ok,.verdict.recorded{color:var(--good)}
.verdict.differs,.verdict.broken,.verdict.new{color:var(--bad)}
.reason,.problem.error{color:var(--bad);overflow-wrap:anywhere;white-space:pre-wrap;margin:4px 0}
.difference .new,.row.new .event{background:var(--new)}
.difference .gone,.row.gone .event{background:var(--gone)}
.parties{display:flex;flex-wrap:wrap;gap:2px 32px;margin:4px 0;padding-left:1.3em}
.parties li{overflow-wrap:anywhere}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:3px 6px;padding:0;margin:4px 0 10px}
.what{display:grid;gap:16px}
.what>*{min-width:0}
.scroll{container-type:inline-size}
.timeline{font-size:.93rem;display:grid;grid-template-columns:var(--time) repeat(var(--lanes),minmax(7.5rem,1fr)) minmax(10rem,1.8fr) minmax(8.5rem,1.4fr);overflow-x:auto;position:relative;align-content:start}
.heads,.rows,.row,.spans{display:contents}
.head{grid-row:1;font-size:.8rem;color:var(--soft);border-bottom:1px solid var(--line);padding:2px 6px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.head.party{grid-column:calc(2 + var(--lane))}
.head i{font-style:normal;font-weight:bold}
.head.engine{grid-column:-3}
.head.application{grid-column:-2}
.time{grid-column:1;grid-row:var(--row);font-variant-numeric:tabular-nums;text-align:right;padding:1px 8px 1px 0;color:var(--soft);text-decoration:none;font-size:.85rem;white-space:nowrap}
.time:focus-visible{outline-offset:-2px}
.time:hover{text-decoration:underline}
.time.same:not(:hover,:focus){color:transparent}
.event{grid-row:var(--row);padding:1px 6px;border-radius:3px;overflow-wrap:anywhere;min-width:0;scroll-margin-top:40px}
.row.party .event{grid-column:calc(2 + var(--lane));margin-left:20px;width:max-content;max-width:20rem;background:var(--paper);z-index:1}
.row.engine .event{grid-column:-3}
.row.application .event{grid-column:-2}
.row.gone .event{grid-column:2/-1;margin-left:20px;white-space:pre-wrap}
.who{font-weight:600}
.who.own{display:none}
.row.now .event,.row:target .event,.row:has(:target) .event{box-shadow:0 0 0 2px var(--link)}
.more-of-it{font-size:.8rem;white-space:nowrap}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.gap{grid-column:1;grid-row:calc(var(--row) - 1);height:var(--height)}
.span{grid-column:calc(2 + var(--lane));width:7px;border-radius:3px;background:var(--c)}
.span.hears{margin-left:9px;width:5px}
.states{display:contents}
.row .state{width:max-content;max-width:14rem;z-index:1;grid-column:calc(2 + var(--lane));grid-row:calc(var(--row) + 1);margin-left:20px;align-self:start;justify-self:start}
.row .state b{display:none}
.state{font-size:.78rem;line-height:1.35;padding:0 6px;border-left:6px solid var(--c);background:var(--shade);border-radius:3px;overflow-wrap:anywhere;max-width:100%;min-width:0}
.called{--c:var(--called)}.rings{--c:var(--rings)}.waits{--c:var(--waits)}.onTheLine{--c:var(--onTheLine)}.talks{--c:var(--talks)}
.listens{--c:var(--listens)}.held{--c:var(--held)}.queued{--c:var(--queued)}.hears{--c:var(--hears)}
.beside{display:grid;gap:10px;align-content:start}
.exchange{border:1px solid var(--line);border-radius:6px;padding:8px 10px;min-width:0}
.exchange:target{box-shadow:0 0 0 2px var(--link)}
.exchange.callback{border-style:dashed}
.exchange summary{cursor:pointer;color:var(--soft);font-size:.85rem}
.exchange p{margin:4px 0;overflow-wrap:anywhere}
.exchange .when{color:var(--soft);font-variant-numeric:tabular-nums;margin-right:4px}
.exchange.failed .status{color:var(--bad)}
.source{background:var(--shade);border-radius:4px;padding:6px 0;margin-top:6px;overflow:auto;max-height:30rem}
.line{display:flex;gap:8px;padding:0 8px}
.line code{white-space:pre-wrap;overflow-wrap:anywhere;min-width:0}
.number{color:var(--soft);min-width:2em;text-align:right;user-select:none;flex:none}
.times{font-size:.75rem;white-space:nowrap;align-self:center}
.source mark{background:var(--now);color:inherit;border-radius:2px}
.source mark.now,.source mark:has(:target){outline:2px solid var(--link)}
.skipped{color:var(--soft);padding:0 8px}
.problem{padding:0 8px 0 calc(2em + 16px);font-size:.8rem}
.problem.warning{color:var(--warn)}
.map{background:#fff;color:#1b1f24;overflow:auto;border:1px solid var(--line);border-radius:6px;padding:8px;max-height:80vh}
.map img{max-width:none}
.findings{padding-left:1.4em}
.finding{margin:6px 0;overflow-wrap:anywhere}
.finding p{margin:2px 0}
.finding .steps{white-space:pre-wrap;color:var(--soft)}
@media (min-width:1000px){
.what{grid-template-columns:minmax(0,1.55fr) minmax(0,1fr);align-items:start}
.beside{position:sticky;top:8px;max-height:calc(100vh - 16px);overflow:auto;padding:2px}
}
${narrow('.timeline.narrow')}
@container (max-width:640px){${narrow('.timeline')}}
@media print{.beside{position:static;max-height:none}}
`;
