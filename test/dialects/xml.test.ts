import { expect, test } from 'vitest';
import { offsetOf, readXml, type XmlElement } from '../../src/dialects/xml.ts';

const read = (text: string, contentType?: string) =>
  readXml({ body: Buffer.from(text), maxBytes: 10_000, ...(contentType !== undefined && { contentType }) });

function rootOf(text: string): XmlElement {
  const { root, refused } = read(text);
  if (!root) throw refused;
  return root;
}

test('every element and attribute has its line and its column', () => {
  const text =
    '<?xml version="1.0"?>\n<a>\r\n  <!-- <x> --><b\n     one="1" two = \'2\'\n/>\n\t<c><d three="&lt;"/></c></a>';
  const { root, source } = read(text);
  const places: string[] = [];
  const walk = (element: XmlElement): void => {
    const at = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;
    const attributes = Object.keys(element.attributes).map(
      (name) => `${name} ${at(source.place(offsetOf(source, element, name)))}`,
    );
    places.push([`${element.name} ${at(source.place(element.offset))}`, ...attributes].join(', '));
    element.elements.forEach(walk);
  };
  walk(root!);
  expect(places).toEqual(['a 2:1', 'b 3:15, one 4:6, two 4:14', 'c 6:2', 'd 6:5, three 6:8']);
});

test('text is what was meant: references resolved once, CDATA as it stands, comments gone', () => {
  const text = '<a> &amp;lt; &#x41;&#66; <!-- & --><![CDATA[<&amp;>]]> &quot;&apos;&gt; <b>not mine</b> end</a>';
  expect(rootOf(text).text).toBe(' &lt; AB <&amp;> "\'>  end');
});

test('a value is text, whatever it looks like', () => {
  const { attributes, text } = rootOf('<a number="0412" flag="true" date="1e5" space=" x&#9;y\nz ">007</a>');
  expect(attributes).toEqual({ number: '0412', flag: 'true', date: '1e5', space: ' x y z ' });
  expect(text).toBe('007');
});

test('names that mean something to JavaScript are names', () => {
  const root = rootOf('<toString valueOf="1" hasOwnProperty="2"><hasOwnProperty/><__defineGetter__/></toString>');
  expect(root).toMatchObject({
    name: 'toString',
    attributes: { valueOf: '1', hasOwnProperty: '2' },
    elements: [{ name: 'hasOwnProperty' }, { name: '__defineGetter__' }],
  });
});

test.for([
  ['charset=utf-8', 'é'],
  ['text/xml; charset="UTF-8"', 'é'],
  ['text/xml; charset=ISO-8859-1', 'Ã©'],
  ['text/xml', 'é'],
  ['', 'é'],
] as const)('a content type of %s', ([contentType, text]) => {
  expect(read('<a>é</a>', contentType).root?.text).toBe(text);
});

test('the charset of the content type counts before the declaration, the byte order mark before both', () => {
  const declared = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>';
  expect(read(declared, 'text/xml; charset=utf-8').root?.text).toBe('é');
  expect(read(declared).root?.text).toBe('Ã©');
  expect(read(`\uFEFF${declared}`, 'text/xml; charset=iso-8859-1').root?.text).toBe('é');
});

test.for(['morse', 'constructor', 'utf-7', 'utf-32'])('an encoding of %s is refused', (encoding) => {
  expect(read('<a/>', `text/xml; charset=${encoding}`).refused).toMatchObject({ code: 'DOCUMENT_ENCODING' });
});
