import { describe, expect, test } from 'vitest';
import { excerpt } from '../../src/report/excerpt.ts';
import { html } from '../../src/report/html.ts';
import { svgHtml } from '../../src/report/svg.ts';
import { hostileTexts } from './replayed.ts';

test.for([
  ['<b>"x" & \'y\'</b>', '&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;'],
  ['a\0b\u0007c\u001b[31m', 'a␀b␇c␛[31m'],
  ['one\r\n\ttwo', 'one\n\ttwo'],
  ['\u007f\u0085\u202e\u2066\ufeff\uffff', '⟨U+007F⟩⟨U+0085⟩⟨U+202E⟩⟨U+2066⟩⟨U+FEFF⟩⟨U+FFFF⟩'],
  ['\ud83d half a character', '\ufffd half a character'],
  ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
])('%j is put into a page as %j', ([text, written]) => {
  expect(html`${text}`.text).toBe(written);
});

test('pieces of a page stay what they are, also in lists, and what is not there leaves nothing', () => {
  const piece = html`<b>${'<'}</b>`;
  expect(html`<p title="${'"'}">${[piece, '&', 3]}${false}${undefined}</p>`.text).toBe(
    '<p title="&quot;"><b>&lt;</b>&amp;3</p>',
  );
});

describe('what is shown of a document', () => {
  const place = (line: number, column: number) => ({ element: 'Say', line, column });

  test('elements are marked from their beginning to the end of their tag, whatever stands in its attributes', () => {
    const source = '<Response>\r\n  <Say a=">" b=\'>\'>Hello.</Say><Say>Bye.</Say>\n</Response>\n';
    expect(excerpt(source, [place(2, 3), place(2, 32), place(2, 3)])).toEqual([
      { number: 1, pieces: [{ text: '<Response>' }] },
      {
        number: 2,
        pieces: [
          { text: '  ' },
          { text: '<Say a=">" b=\'>\'>', marks: [0, 2] },
          { text: 'Hello.</Say>' },
          { text: '<Say>', marks: [1] },
          { text: 'Bye.</Say>' },
        ],
      },
      { number: 3, pieces: [{ text: '</Response>' }] },
    ]);
  });

  test('of a million characters in one line only what stands near the marked ones', () => {
    const long = 'x'.repeat(500_000);
    const [line] = excerpt(`${long}<Say>${long}`, [place(1, 500_001)]);
    expect(line).toEqual({
      number: 1,
      pieces: [
        { text: 'x'.repeat(160) },
        { skipped: 499_680 },
        { text: 'x'.repeat(160) },
        { text: '<Say>', marks: [0] },
        { text: 'x'.repeat(160) },
        { skipped: 499_840 },
      ],
    });
  });

  test('of a hundred thousand lines the first, and those near the marked ones', () => {
    const shown = excerpt('line\n'.repeat(100_000), [place(50_000, 1)]);
    const told = shown.map((line) => ('skipped' in line ? `${line.skipped} skipped` : line.number));
    expect(told.slice(298)).toEqual([
      299,
      300,
      '49695 skipped',
      ...Array.from({ length: 9 }, (_, index) => 49_996 + index),
      '49996 skipped',
    ]);
  });

  test('a mark that is not in what there is of the document marks nothing', () => {
    expect(excerpt('<Say>', [place(1, 9), place(7, 1)])).toEqual([{ number: 1, pieces: [{ text: '<Say>' }] }]);
  });
});

describe('a drawing', () => {
  const given = (inside: string) => `<svg viewBox="0 0 9 9">${inside}</svg>`;
  const isWithin = (svg: string) => svgHtml(svg, 'Map').text.includes(svg);

  test('that can only be looked at stands in the page', () => {
    const svg = given('<a href="#f1"><rect x="1" fill="none"/><text>1 &lt; 2</text></a>');
    expect(isWithin(svg)).toBe(true);
    expect(svgHtml(`<?xml version="1.0"?>\n${svg}\n`, 'Map').text).toContain(svg);
  });

  test.for([
    '<script>alert(1)</script>',
    '<g onload="alert(1)"/>',
    '<a href="javascript:alert(1)"/>',
    '<a href="https://elsewhere.example"/>',
    '<a xlink:href="https://elsewhere.example"/>',
    '<image href="#a"/>',
    '<style>*{display:none}</style>',
    '<rect style="position:fixed"/>',
    '<foreignObject/>',
    '<g>',
    '</g>',
    '</svg></div><svg>',
    '<!-- --><g/>',
    '<text',
    ...hostileTexts.filter((text) => text.includes('<')),
  ])('with %s in it is a picture', (inside) => {
    const { text } = svgHtml(given(inside), 'Map');
    expect(text).toBe(
      `<div class="map" tabindex="0" role="region" aria-label="Map"><img alt="Map" src="data:image/svg+xml;base64,${Buffer.from(given(inside)).toString('base64')}"></div>`,
    );
  });
});
