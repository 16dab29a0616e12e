/** A new call: who, to whom, with what document, at what price at most; in the order in which it is checked (LaML 6.3). */
import type { NewCall } from '../../call/route.ts';
import { readSip } from '../../dialects/laml/sip.ts';
import { decimal, nanosOf, toNanos } from '../../money/money.ts';
import type { CallOptions } from '../../records/call.ts';
import { isE164 } from '../../verbs/addresses.ts';
import { applicationOf, urlsOfApplication } from './application-records.ts';
import { callOptionsOf, stateCallbackOf } from './call-options.ts';
import { givenDocument } from './documents.ts';
import type { Form } from './form.ts';
import { ownsNumber } from './number-records.ts';
import { Refusal } from './refusal.ts';
import type { Asked } from './route.ts';

export const newCallParameters = {
  To: 'Whom to call: a number with +, a SIP URI, or client:name.',
  From: 'The caller: a number of the project, or a SIP URI or client:name; of a call to one of these, any number or name.',
  Url: 'Asked for the document once the call is answered.',
  Method: 'How Url is asked: GET or POST (unless given).',
  ApplicationSid: 'The application that says all URLs, instead of Url.',
  Twiml: 'The document itself, 11 to 4000 characters; Laml is the same. Url is stronger.',
  FallbackUrl: 'Asked when no document can be had, or it cannot be carried out.',
  FallbackMethod: 'GET or POST (unless given).',
  StatusCallback: 'Hears of the states of the call.',
  StatusCallbackMethod: 'GET or POST (unless given).',
  StatusCallbackEvent: 'Of which: initiated, ringing, answered, completed (unless given); may be repeated.',
  CallerId: 'Shown to whoever is called, instead of From: a number, or a name without blanks.',
  SendDigits: 'Keys that are sent after the answer and before the document; w is half a second, W one.',
  Timeout: 'For how many seconds it rings: 1 to 600, 60 unless given.',
  TimeLimit: 'For how many seconds it may last, from its answer on.',
  MachineDetection: 'none (unless given), Enable or DetectMessageEnd.',
  MachineDetectionTimeout: 'Seconds, 1 to 120; 30 unless given.',
  MachineDetectionSpeechThreshold: 'Milliseconds, 1000 to 6000; 2400 unless given.',
  MachineDetectionSpeechEndThreshold: 'Milliseconds, 500 to 5000; 1200 unless given.',
  MachineDetectionSilenceTimeout: 'Milliseconds, 2000 to 10000; 5000 unless given.',
  MachineWordsThreshold: 'Words, 1 to 100; 6 unless given.',
  AsyncAmd: 'true: the document is asked for at once, and AsyncAmdStatusCallback hears who has answered.',
  AsyncAmdStatusCallback: 'Who hears it.',
  AsyncAmdStatusCallbackMethod: 'GET or POST (unless given).',
  AsyncAmdPartialResults: 'true: it hears what is thought before the verdict, too.',
  Record: 'true: the call is recorded from its answer on.',
  RecordingChannels: 'mono (unless given) or dual.',
  RecordingTrack: 'inbound, outbound or both (unless given).',
  RecordingStatusCallback: 'Hears of the recording.',
  RecordingStatusCallbackMethod: 'GET or POST (unless given).',
  RecordingStatusCallbackEvent: 'Of what: in-progress, completed (unless given), absent.',
  Trim: 'trim-silence (unless given) or do-not-trim.',
  SipAuthUsername: 'Who we are, where a SIP server asks.',
  SipAuthPassword: 'The password to it; it is never shown.',
  MaxPricePerMinute: 'No call is made that costs more: up to four decimal places.',
};

type Party = Pick<NewCall, 'to' | 'sipHeaders'> & { transport: NonNullable<NewCall['transport']> };

/** Where its document comes from, and what else is read with that. */
interface Source {
  /** The parameters that say how URLs are asked. */
  methods: readonly string[];
  urls(): Urls;
}

type Urls = Pick<CallOptions, 'handlerUrls' | 'fallback' | 'stateCallback' | 'document'>;

/** To, From, the document, methods, numbers, URLs: what is refused first stands first. */
export function newCallOf(asked: Asked, sourceOf: (asked: Asked) => Source = documentSource): NewCall {
  const { form, project } = asked;
  const party = calledOf(form.text('To', 21211));
  const from = callerOf(asked, party);
  const source = sourceOf(asked);
  for (const name of [...source.methods, 'RecordingStatusCallbackMethod']) form.method(name);
  const callerId = callerIdOf(form);
  const options = callOptionsOf(form, asked.context.seal);
  const call: NewCall = { project, dialect: 'laml', ...party, from, options: { ...options, ...source.urls() } };
  checkPrice(asked, call);
  return callerId === undefined ? call : { ...call, callerId };
}

const mostOfHeaders = 1024;

function calledOf(to: string | undefined): Party {
  if (to === undefined) throw new Refusal(21201, 'To is needed: whom to call');
  if (/^sips?:/i.test(to)) {
    const { to: address, headers, wrong } = readSip(to);
    if (wrong) throw new Refusal(21217, `To cannot be called: ${wrong}`);
    const named = Object.entries(headers);
    if (named.join().length > mostOfHeaders)
      throw new Refusal(21217, `the headers of To have more than ${mostOfHeaders} characters`);
    return { to: address, transport: 'SIP', ...(named.length > 0 && { sipHeaders: headers }) };
  }
  const client = /^client:([\w.@+-]{1,100})$/.exec(to)?.[1];
  if (client !== undefined) return { to: client, transport: 'CLIENT' };
  if (isE164(to)) return { to, transport: 'PSTN' };
  throw new Refusal(21211, `To ${JSON.stringify(to.slice(0, 60))} is no number with +, no SIP URI and no client:name`);
}

const isUri = (text: string) => /^(sips?|client):\S{1,200}$/i.test(text);

/** What may be shown where no telephone is called (LaML 4.4). */
const isIdentifier = (text: string) => /^[\w.,+-]{1,100}$/.test(text);

/** Telephones see only numbers of the project. */
function callerOf({ context, project, form }: Asked, { transport }: Party): string {
  const from = form.text('From', 21212);
  if (from === undefined) throw new Refusal(21213, 'From is needed: who calls');
  if (isUri(from) || (transport !== 'PSTN' && isIdentifier(from))) return from;
  if (!isE164(from)) throw new Refusal(21212, `From ${JSON.stringify(from.slice(0, 60))} is no number with +`);
  if (!ownsNumber(context.store, project, from))
    throw new Refusal(21210, `From ${from} is no number of this project: add it to the configuration, or buy it`);
  return from;
}

function callerIdOf(form: Form): string | undefined {
  const shown = form.text('CallerId', 21212);
  if (shown === undefined || isUri(shown) || isIdentifier(shown)) return shown;
  throw new Refusal(21212, `CallerId ${JSON.stringify(shown.slice(0, 60))} is no number, and no name without blanks`);
}

/** An application says all of it; else the request does. */
function documentSource(asked: Asked): Source {
  const { form } = asked;
  const application = form.text('ApplicationSid', 21218);
  if (application !== undefined) {
    const found = applicationOf(asked, application);
    if (!found) throw new Refusal(21218, 'ApplicationSid is no application of this project');
    const urls = urlsOfApplication(found);
    if (urls.handlerUrls.length === 0) throw new Refusal(21205, 'the application has no VoiceUrl');
    return { methods: [], urls: () => urls };
  }
  const document = givenDocument(form);
  if (form.url('Url', 21205) === undefined && document === undefined)
    throw new Refusal(21205, 'Url, ApplicationSid or Twiml is needed: where the document comes from');
  return {
    methods: ['Method', 'FallbackMethod', 'StatusCallbackMethod'],
    urls: () => urlsOf(form, document),
  };
}

function urlsOf(form: Form, document: string | undefined): Urls {
  const url = form.asked('Url', { method: 'Method', code: 21205 });
  const fallback = form.asked('FallbackUrl', { method: 'FallbackMethod' });
  const stateCallback = stateCallbackOf(form);
  return {
    handlerUrls: url ? [url] : [],
    ...(document !== undefined && { document }),
    ...(fallback && { fallback }),
    ...(stateCallback && { stateCallback }),
  };
}

/** A price of which nothing is known is none. */
function checkPrice({ context, project, form }: Asked, { to, transport = 'PSTN' }: NewCall): void {
  const most = form.text('MaxPricePerMinute', 30010);
  if (most === undefined) return;
  if (!/^\d{1,6}(\.\d{1,4})?$/.test(most))
    throw new Refusal(30010, 'MaxPricePerMinute must be a number with at most four decimal places');
  const rate = context.engine.rateOf(project, { direction: 'outgoing', transport, to });
  if (rate && nanosOf(rate.perMinute) > toNanos(most)) {
    const { currency } = rate.perMinute;
    const cost = `${decimal(rate.perMinute)} ${currency}`;
    throw new Refusal(
      30010,
      `MaxPricePerMinute was exceeded: a minute to ${to} costs ${cost}, and not ${most} at most`,
    );
  }
}
