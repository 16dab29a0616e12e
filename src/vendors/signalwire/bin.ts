/** What a request to a bin says, of which its document may speak (LaML 3.8). */
export type BinRequest = Readonly<Record<string, string>>;

/** Three braces are written as they come; text that is put between two is escaped. */
const placeholder = /\{\{\{\s*([\w.-]+)\s*\}\}\}|\{\{\s*([\w.-]+)\s*\}\}/g;

/** The document of a bin for one request: each `{{Name}}` gives way to that parameter, or to nothing. */
export function renderBin(contents: string, request: BinRequest): string {
  return contents.replace(placeholder, (_, raw: string | undefined, escaped: string | undefined) =>
    raw === undefined ? escapeXml(parameterOf(request, escaped ?? '')) : parameterOf(request, raw),
  );
}

/** Bins call the version of the API otherwise than requests do. */
const otherNames: Readonly<Record<string, string>> = { APIVersion: 'ApiVersion' };

function parameterOf(request: BinRequest, name: string): string {
  for (const one of [name, otherNames[name] ?? name]) if (Object.hasOwn(request, one)) return request[one] ?? '';
  return '';
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeXml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
