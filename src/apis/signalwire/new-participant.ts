/** Twilio's way into a conference: a call that is made for it (LaML 6.5). */
import { laml } from '../../dialects/laml/index.ts';
import type { CallRecord } from '../../records/call.ts';
import type { ConferenceRecord } from '../../records/conference.ts';
import { rfc2822 } from '../../vendors/signalwire/dates.ts';
import { idOf, sidOf } from '../../vendors/signalwire/sids.ts';
import { stateCallbackOf } from './call-options.ts';
import { makeCall } from './calls.ts';
import { coached } from './conference-lookup.ts';
import type { Form } from './form.ts';
import { given } from './gives.ts';
import { newCallOf, newCallParameters } from './new-call.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const badConference = 16002;

type Read = (form: Form, name: string) => string | undefined;

const words: Read = (form, name) => form.words(name).join(' ') || undefined;
const text: Read = (form, name) => form.text(name);
/** An empty one is silence. */
const orSilence: Read = (form, name) => (form.has(name) ? (form.text(name) ?? '') : undefined);
const flag: Read = (form, name) => form.flag(name)?.toString();
const most: Read = (form, name) => form.integer(name, [2, 250], badConference)?.toString();
const records: Read = (form, name) => {
  const value = form.choice(name, ['true', 'false', 'record-from-start', 'do-not-record'], badConference);
  if (value === 'true') return 'record-from-start';
  return value === 'false' ? 'do-not-record' : value;
};

/** Parameters that are attributes of the element, under their own names there. */
const attributes: readonly (readonly [parameter: string, attribute: string, read: Read])[] = [
  ['Muted', 'muted', flag],
  ['Beep', 'beep', text],
  ['StartConferenceOnEnter', 'startConferenceOnEnter', flag],
  ['EndConferenceOnExit', 'endConferenceOnExit', flag],
  ['MaxParticipants', 'maxParticipants', most],
  ['WaitUrl', 'waitUrl', orSilence],
  ['WaitMethod', 'waitMethod', text],
  ['Label', 'participantLabel', text],
  ['ConferenceRecord', 'record', records],
  ['ConferenceTrim', 'trim', text],
  ['ConferenceRecordingStatusCallback', 'recordingStatusCallback', text],
  ['ConferenceRecordingStatusCallbackMethod', 'recordingStatusCallbackMethod', text],
  ['ConferenceRecordingStatusCallbackEvent', 'recordingStatusCallbackEvent', words],
  ['ConferenceStatusCallback', 'statusCallback', text],
  ['ConferenceStatusCallbackMethod', 'statusCallbackMethod', text],
  ['ConferenceStatusCallbackEvent', 'statusCallbackEvent', words],
];

const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function documentOf({ form }: Asked, name: string, coach: string | undefined): string {
  const read = attributes.map(([parameter, attribute, how]) => [attribute, how(form, parameter)] as const);
  const written = [...read, ['coach', coach && sidOf(coach)] as const]
    .flatMap(([attribute, value]) => (value === undefined ? [] : [` ${attribute}="${escaped(value)}"`]))
    .join('');
  const document = `<Response><Dial><Conference${written}>${escaped(name)}</Conference></Dial></Response>`;
  const [wrong] = laml.parse({ body: Buffer.from(document), url: '' }).problems;
  // A document would go on with something else; a request does not.
  if (wrong)
    throw new Refusal(badConference, wrong.message.replace(/: (?:the default, .*, is used|it is ignored)$/, ''));
  return document;
}

/** The path names a conference by its sid, or by its name, under which one may yet begin. */
function conferenceNamed(asked: Asked): { name: string; found: ConferenceRecord | undefined } {
  const { context, project } = asked;
  const written = asked.sid('conference');
  const id = idOf(written);
  const conferences = context.engine.conferences;
  const known = id === undefined ? undefined : conferences.get(project, id);
  if (known && known.state === 'completed') throw new Refusal(10000, 'the conference has ended');
  if (id !== undefined && !known) throw notFound('the conference');
  const found =
    known ?? conferences.find({ project, name: written, limit: 1 }).find(({ state }) => state !== 'completed');
  return { name: found?.name ?? written, found };
}

/** Whom it is to coach, who must be there already. */
function coachedBy(asked: Asked, conference: ConferenceRecord | undefined): string | undefined {
  const [coaching, named] = [asked.form.flag('Coaching') ?? false, asked.form.text('CallSidToCoach')];
  if (!coaching && named === undefined) return undefined;
  if (!coaching || named === undefined)
    throw new Refusal(badConference, 'Coaching and CallSidToCoach are needed together: whom to speak to');
  if (conference?.state !== 'inProgress')
    throw new Refusal(badConference, 'nobody is coached in a conference that has not begun');
  return coached(asked, conference.id, named);
}

function checkLabel({ context, project, form }: Asked, conference: ConferenceRecord | undefined): void {
  const label = form.text('Label');
  if (label === undefined || !conference) return;
  if (context.engine.conferences.labelled(project, conference.id, label)?.state === 'inProgress')
    throw new Refusal(badConference, 'somebody is in the conference under this Label');
}

/** The document is there already, and nothing is asked for. */
const ofDocuments = ['Url', 'Method', 'ApplicationSid', 'Twiml', 'FallbackUrl', 'FallbackMethod'];

const ofTheCall = Object.fromEntries(Object.entries(newCallParameters).filter(([name]) => !ofDocuments.includes(name)));

export const newParticipant: Route = {
  id: 'participants.create',
  method: 'POST',
  path: '/Accounts/:account/Conferences/:conference/Participants',
  permission: 'voice.calls.create',
  summary: 'Calls somebody into a conference, which the path names by its sid or its name',
  parameters: {
    ...ofTheCall,
    Timeout: 'For how many seconds it rings: 5 to 600, 60 unless given.',
    ...Object.fromEntries(attributes.map(([name, attribute]) => [name, `As ${attribute} of the element Conference.`])),
    MaxParticipants: 'As maxParticipants of the element Conference: 2 to 250.',
    ConferenceRecord: 'true is record-from-start, false (unless given) do-not-record.',
    Coaching: 'true: only CallSidToCoach hears them.',
    CallSidToCoach: 'The sid, or the label, of a call in the conference.',
    AmdStatusCallback: 'Hears who has answered, while the conference goes on.',
    AmdStatusCallbackMethod: 'GET or POST (unless given).',
    EarlyMedia: 'true or false; nobody hears what comes before the answer.',
  },
  status: 201,
  answers: 'The participant; the call is queued.',
  gives: given('Participant'),
  answer: async (asked) => {
    const { form } = asked;
    const { name, found } = conferenceNamed(asked);
    form.flag('EarlyMedia');
    form.integer('Timeout', [5, 600], 21208);
    const coach = coachedBy(asked, found);
    checkLabel(asked, found);
    const document = documentOf(asked, name, coach);
    const stateCallback = stateCallbackOf(form);
    const call = newCallOf(asked, () => ({
      methods: [],
      urls: () => ({ handlerUrls: [], document, ...(stateCallback && { stateCallback }) }),
    }));
    return shown(asked, await makeCall(asked, call), { name, id: found?.id, coach });
  },
};

/** As it will be once it is there; until then it is no participant. */
function shown(
  { sids, form }: Asked,
  { id: call, createTime }: CallRecord,
  { name, id, coach }: { name: string; id: string | undefined; coach: string | undefined },
): object {
  const callSid = sids.sid('call', call);
  const conference = id === undefined ? null : sids.sid('conference', id);
  return {
    account_sid: sids.account,
    call_sid: callSid,
    call_sid_to_coach: coach === undefined ? null : sids.sid('call', coach),
    coaching: coach !== undefined,
    conference_sid: conference,
    date_created: rfc2822(createTime),
    date_updated: rfc2822(createTime),
    status: 'queued',
    end_conference_on_exit: form.flag('EndConferenceOnExit') ?? false,
    muted: form.flag('Muted') ?? false,
    hold: false,
    start_conference_on_enter: form.flag('StartConferenceOnEnter') ?? true,
    label: form.text('Label') ?? null,
    uri: sids.uri(`/Conferences/${conference ?? encodeURIComponent(name)}/Participants/${callSid}.json`),
  };
}
