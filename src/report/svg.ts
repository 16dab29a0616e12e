import { Html, html } from './html.ts';

const elements =
  'svg|g|path|line|rect|circle|ellipse|polygon|polyline|text|tspan|title|desc|defs|marker|a|linearGradient|stop|clipPath';
/** A tag of a drawing that can do nothing but be looked at; links lead only to places of the same page. */
const harmlessTag = new RegExp(
  `^</?(?:${elements})(?:\\s+(?!on|style|href|xlink)[\\w:-]+\\s*=\\s*(?:"[^"<]*"|'[^'<]*')|\\s+href\\s*=\\s*"#[^"<]*")*\\s*/?>$`,
);

/** A drawing given as SVG: within the page when it is harmless, so that it has its colours and links; else as a picture. */
export function svgHtml(svg: string, about: string): Html {
  const drawing = svg.replace(/^\s*<\?xml[^>]*\?>\s*/, '').trim();
  return html`<div class="map" tabindex="0" role="region" aria-label="${about}">${
    isHarmless(drawing)
      ? new Html(drawing)
      : html`<img alt="${about}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`
  }</div>`;
}

function isHarmless(drawing: string): boolean {
  if (!/^<svg\s[\s\S]*<\/svg>$/.test(drawing)) return false;
  const open: string[] = [];
  for (const [tag] of drawing.matchAll(/<[^>]*>?/g)) {
    if (!harmlessTag.test(tag)) return false;
    const [name = ''] = /[a-zA-Z]+/.exec(tag) ?? [];
    if (tag.startsWith('</')) {
      if (open.pop() !== name) return false;
      if (open.length === 0 && !drawing.endsWith(tag)) return false;
    } else if (!tag.endsWith('/>')) open.push(name);
  }
  return open.length === 0;
}
