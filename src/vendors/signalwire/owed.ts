import type { HandlerUrl } from '../../verbs/verb.ts';
import type { Owed } from '../vendor.ts';
import { formType, type Parameters, toForm, withQuery } from './form.ts';
import { rememberForm } from './signature.ts';

/** A callback as it will be sent: the parameters are the body of a POST, or stand behind the query of a GET. */
export function toOwed(event: string, project: string, { url, method }: HandlerUrl, parameters: Parameters): Owed {
  const form = toForm(parameters);
  const about = { event, project, contentType: formType };
  if (method === 'GET') return { ...about, urls: [withQuery(url, form)], method, body: '' };
  rememberForm(form, parameters);
  return { ...about, urls: [url], body: form };
}
