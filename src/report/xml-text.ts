/** What XML 1.0 allows no character reference for either. */
const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text as it may stand in XML; what XML cannot hold is taken out. */
export const xmlText = (text: string): string =>
  text.replace(notXml, '').replace(/[&<>\r]/g, (character) => references[character]!);

/** A text as the value of an attribute, its line ends kept. */
export const xmlAttribute = (text: string): string =>
  text.replace(notXml, '').replace(/[&<>"\t\n\r]/g, (character) => references[character]!);
