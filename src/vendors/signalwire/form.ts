/** Parameters of a request in their order; those that are undefined are left out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

export const formType = 'application/x-www-form-urlencoded; charset=UTF-8';

/** What a form says; its `toString` spells it for a body or a query. */
export function formOf(parameters: Parameters): URLSearchParams {
  const form = new URLSearchParams();
  for (const name of Object.keys(parameters)) {
    const value = parameters[name];
    if (value !== undefined) form.append(name, value);
  }
  return form;
}

export const toForm = (parameters: Parameters): string => formOf(parameters).toString();

/** The URL with a form behind its query, and before its fragment. */
export function withQuery(url: string, form: string): string {
  if (form === '') return url;
  const at = url.indexOf('#');
  const [asked, fragment] = at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at)];
  const mark = !asked.includes('?') ? '?' : /[?&]$/.test(asked) ? '' : '&';
  return asked + mark + form + fragment;
}
