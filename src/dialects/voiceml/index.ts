/** VoiceML: its words, what they mean, and how its requests are spelled. */
import type { Instruction } from '../../verbs/index.ts';
import type { HandlerUrl, Program } from '../../verbs/verb.ts';
import { readAddress } from '../address.ts';
import type { Dialect } from '../dialect.ts';
import { schemeOf } from '../kinds.ts';
import { language } from '../language.ts';
import { parseDocument } from '../parse.ts';
import { toXsd } from '../xsd.ts';
import { callTo } from './call.ts';
import { foreign } from './foreign.ts';
import { spell } from './requests.ts';
import { response } from './response.ts';

const name = 'voiceml';

export const grammar = language({
  name,
  title: 'VoiceML',
  maxBytes: 256 * 1024,
  root: response,
  emptyIsRoot: true,
  foreign,
});

export const voiceml: Dialect = {
  name,
  maxBytes: grammar.maxBytes,
  parse: (source) => {
    const { meaning, problems } = parseDocument(grammar, source);
    return meaning ? { program: toProgram(source.url, meaning), problems } : { problems };
  },
  // How it asks: VoiceML 2.5, inferred.
  attemptTimeoutMs: 10_000,
  maxRedirects: 5,
  redirectStatuses: [301, 302, 307, 308],
  spell,
  programFor: (url, otherwise) => programFor(url, otherwise),
  toXsd: () => toXsd(grammar),
};

function toProgram(url: string, instructions: readonly Instruction[]): Program {
  return { dialect: name, url, purpose: 'main', instructions };
}

/** A `tel:` or `sip:` handler is like a document with nothing but a <Redirect> to it (VoiceML 1.4). */
function programFor(url: string, otherwise: readonly HandlerUrl[]): Program | undefined {
  const uri = url.trim();
  const scheme = schemeOf(uri);
  if ((scheme !== 'tel' && scheme !== 'sip' && scheme !== 'sips') || readAddress(uri).wrong) return undefined;
  return toProgram(url, [{ ...callTo(uri), otherwise }]);
}
