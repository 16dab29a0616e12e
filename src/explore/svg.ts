import type { Graph } from './graph.ts';
import { shortened } from './groups.ts';
import { type Box, type Line, layerHeight, layOut } from './layers.ts';

/** A graph as a picture of its own: no script, no font, nothing to be fetched. */
export function toSvg(graph: Graph): string {
  const { boxes, lines, width, height } = layOut(graph);
  const room = 200; // lines that lead back go round on the right
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width + room} ${height}" width="${width + room}" height="${height}" font-family="sans-serif" font-size="11">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>',
    ...lines.map((line, index) => drawnLine(line, index, width)),
    ...boxes.map(drawnBox),
    '</svg>',
  ].join('\n')}\n`;
}

const colors: Readonly<Record<Box['kind'], string>> = { place: '#e8f0fe', ending: '#e6f4ea', failed: '#fce8e6' };

function drawnBox({ x, y, width, height, text, kind }: Box): string {
  const radius = kind === 'place' ? 4 : height / 2;
  return [
    `<g><title>${escaped(text)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${colors[kind]}" stroke="#555"/>`,
    `<text x="${x + width / 2}" y="${y + height / 2 + 4}" text-anchor="middle">${escaped(shortened(text, 32))}</text></g>`,
  ].join('');
}

/** Straight down to the next layer; otherwise round on the right. Several between the same two stand a little apart. */
function drawnLine({ from, to, text }: Line, index: number, width: number): string {
  const place = (index % 5) - 2;
  const isNext = to.y > from.y && to.y - from.y <= layerHeight;
  const apart = place * (isNext ? 12 : 6);
  const { path, x, y } = isNext ? down(from, to, apart) : aside(from, to, apart, width);
  return [
    `<g><title>${escaped(text)}</title><path d="${path}" fill="none" stroke="#555" marker-end="url(#tip)"/>`,
    `<text x="${x}" y="${y}" fill="#333" stroke="#fff" stroke-width="3" paint-order="stroke">${escaped(shortened(text, 28))}</text></g>`,
  ].join('');
}

function down(from: Box, to: Box, apart: number) {
  const [x1, x2] = [from.x + from.width / 2 + apart, to.x + to.width / 2 + apart];
  const [y1, y2] = [from.y + from.height, to.y];
  const middle = (y1 + y2) / 2;
  return {
    path: `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`,
    x: (x1 + x2) / 2,
    y: middle + apart,
  };
}

function aside(from: Box, to: Box, apart: number, width: number) {
  const edge = width + 70 + apart * 4;
  const [y1, y2] = [from.y + from.height / 2 + apart, to.y + to.height / 2 + apart + 4];
  const x = from.x + from.width;
  return { path: `M${x} ${y1}C${edge} ${y1} ${edge} ${y2} ${to.x + to.width} ${y2}`, x: x + 8, y: y1 + apart };
}

/** Whatever an application says cannot be more than text in the picture; control characters are no XML. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
