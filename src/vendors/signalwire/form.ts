/** Parameters of a request in their order; those that are undefined are left out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

export const formType = 'application/x-www-form-urlencoded; charset=UTF-8';

/** Spells parameters for a body or a query, as URLSearchParams does. */
export function toForm(parameters: Parameters): string {
  let form = '';
  for (const name of Object.keys(parameters)) {
    const value = parameters[name];
    if (value !== undefined) form += `${form === '' ? '' : '&'}${encoded(name)}=${encoded(value)}`;
  }
  return form;
}

/** How the characters of ASCII are spelled; nothing for those that stay as they are. */
const spellings = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  const spelling = spelledByNode(character);
  return spelling === character ? undefined : spelling;
});

/** Most of what is told needs little encoding or none. */
function encoded(text: string): string {
  let spelled = '';
  let next = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= spellings.length) return spelledByNode(text);
    const spelling = spellings[code];
    if (spelling === undefined) continue;
    spelled += text.slice(next, at) + spelling;
    next = at + 1;
  }
  return next === 0 ? text : spelled + text.slice(next);
}

function spelledByNode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice('='.length);
}

/** The URL with a form behind its query, and before its fragment. */
export function withQuery(url: string, form: string): string {
  if (form === '') return url;
  const at = url.indexOf('#');
  const [asked, fragment] = at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at)];
  const mark = !asked.includes('?') ? '?' : /[?&]$/.test(asked) ? '' : '&';
  return asked + mark + form + fragment;
}
