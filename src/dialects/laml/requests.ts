import { userAgent } from '../../http/user-agent.ts';
import { errorNumber } from '../../vendors/signalwire/error-number.ts';
import { formType, type Parameters, toForm, withQuery } from '../../vendors/signalwire/form.ts';
import { answeredParameters, standardParameters } from '../../vendors/signalwire/parameters.ts';
import { sign, signatureHeaders, signedUrl, signingText } from '../../vendors/signalwire/signature.ts';
import type { SpelledRequest, ToSpell } from '../dialect.ts';
import { resultParameters } from './results.ts';

const accept = 'text/xml, application/xml, text/html, text/plain, audio/*';

/** A LaML request (LaML 3): a form, in the body of a POST or behind the query of a GET. */
export function spell({ call, result, target, signingKey, configured, failed, publicUrl }: ToSpell): SpelledRequest {
  const parameters: Parameters = {
    ...standardParameters(call),
    ...(isFirst(call, configured ?? target.url) && answeredParameters(call)),
    ...resultParameters(result, { call, publicUrl }),
    ...(failed && failure(failed)),
  };
  const form = toForm(parameters);
  const key = signingText(signingKey);
  const headers = { accept, 'user-agent': userAgent };
  const signed = configured ?? target.url;
  if (target.method === 'GET')
    return {
      url: withQuery(target.url, form),
      headers: { ...headers, ...signatureHeaders(sign(key, withQuery(signed, form))) },
    };
  return {
    headers: { ...headers, 'content-type': formType, ...signatureHeaders(sign(key, signed, parameters)) },
    body: form,
  };
}

const failure = ({ url, code }: NonNullable<ToSpell['failed']>): Parameters => ({
  ErrorCode: String(errorNumber(code)),
  ErrorUrl: url,
});

/** Who has answered is told where the document was held back for it (LaML 5.5). */
function isFirst({ options }: ToSpell['call'], url: string): boolean {
  if (options?.machineDetection?.when !== 'before') return false;
  return options.handlerUrls.some((one) => signedUrl(one.url) === signedUrl(url));
}
