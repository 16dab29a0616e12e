/** Parameters of a request in their order; those that are undefined are left out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

export const formType = 'application/x-www-form-urlencoded; charset=UTF-8';

/** Spelled as a form is, for a body or a query. */
export function toForm(parameters: Parameters): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) form.append(name, value);
  return form.toString();
}

/** The URL with a form behind its query, and before its fragment. */
export function withQuery(url: string, form: string): string {
  if (form === '') return url;
  const at = url.indexOf('#');
  const [asked, fragment] = at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at)];
  const mark = !asked.includes('?') ? '?' : /[?&]$/.test(asked) ? '' : '&';
  return asked + mark + form + fragment;
}
