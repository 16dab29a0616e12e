/** Twilio's way into a conference: a call that is made for it (LaML 6.5). */
import { laml } from '../../dialects/laml/index.ts';
import { rfc2822 } from '../../vendors/signalwire/dates.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import { stateCallbackOf } from './call-options.ts';
import { makeCall } from './calls.ts';
import { given } from './gives.ts';
import { newCallOf } from './new-call.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

/** Parameters that are attributes of the element, under their own names there. */
const attributes = [
  ['Muted', 'muted'],
  ['Beep', 'beep'],
  ['StartConferenceOnEnter', 'startConferenceOnEnter'],
  ['EndConferenceOnExit', 'endConferenceOnExit'],
  ['MaxParticipants', 'maxParticipants'],
  ['WaitUrl', 'waitUrl'],
  ['WaitMethod', 'waitMethod'],
  ['Label', 'participantLabel'],
  ['ConferenceRecord', 'record'],
  ['ConferenceTrim', 'trim'],
  ['ConferenceStatusCallback', 'statusCallback'],
  ['ConferenceStatusCallbackMethod', 'statusCallbackMethod'],
  ['ConferenceStatusCallbackEvent', 'statusCallbackEvent'],
] as const;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function documentOf({ form }: Asked, name: string): string {
  const written = attributes.flatMap(([parameter, attribute]) => {
    const value = form.words(parameter).join(' ');
    return value === '' ? [] : [` ${attribute}="${escaped(value)}"`];
  });
  const coach = form.flag('Coaching') ? idOf(form.text('CallSidToCoach') ?? '') : undefined;
  const coaching = coach === undefined ? '' : ` coach="${escaped(form.text('CallSidToCoach') ?? '')}"`;
  const document = `<Response><Dial><Conference${written.join('')}${coaching}>${escaped(name)}</Conference></Dial></Response>`;
  const [wrong] = laml.parse({ body: Buffer.from(document), url: '' }).problems;
  // A document would go on with something else; a request does not.
  if (wrong) throw new Refusal(16002, wrong.message.replace(/: (?:the default, .*, is used|it is ignored)$/, ''));
  return document;
}

/** The path names a conference by its sid, or by its name, under which one may yet begin. */
function conferenceNamed(asked: Asked): { name: string; id?: string } {
  const { context, project } = asked;
  const written = asked.sid('conference');
  const id = idOf(written);
  const conferences = context.engine.conferences;
  const known = id === undefined ? undefined : conferences.get(project, id);
  if (known && known.state === 'completed') throw new Refusal(10000, 'the conference has ended');
  if (id !== undefined && !known) throw notFound('the conference');
  const found =
    known ?? conferences.find({ project, name: written, limit: 1 }).find(({ state }) => state !== 'completed');
  return found ? { name: found.name, id: found.id } : { name: written };
}

export const newParticipant: Route = {
  id: 'participants.create',
  method: 'POST',
  path: '/Accounts/:account/Conferences/:conference/Participants',
  permission: 'voice.calls.create',
  summary: 'Calls somebody into a conference, which the path names by its sid or its name',
  parameters: {
    To: 'Whom to call.',
    From: 'The caller, as for a call.',
    Timeout: 'For how many seconds it rings.',
    StatusCallback: 'Hears of the states of the call.',
    StatusCallbackMethod: 'GET or POST (unless given).',
    StatusCallbackEvent: 'Of which.',
    Record: 'true: the call is recorded.',
    TimeLimit: 'For how many seconds the call may last.',
    ...Object.fromEntries(attributes.map(([name, attribute]) => [name, `As ${attribute} of the element Conference.`])),
    Coaching: 'true: only CallSidToCoach hears them.',
    CallSidToCoach: 'A call in the conference.',
  },
  status: 201,
  answers: 'The participant; the call is queued.',
  gives: given('Participant'),
  answer: async (asked) => {
    const { sids, form } = asked;
    const { name, id } = conferenceNamed(asked);
    const document = documentOf(asked, name);
    const stateCallback = stateCallbackOf(form);
    const call = newCallOf(asked, () => ({ handlerUrls: [], document, ...(stateCallback && { stateCallback }) }));
    const made = await makeCall(asked, call);
    const callSid = sids.sid('call', made.id);
    const conference = id === undefined ? null : sids.sid('conference', id);
    return {
      account_sid: sids.account,
      call_sid: callSid,
      call_sid_to_coach: form.text('CallSidToCoach') ?? null,
      coaching: form.flag('Coaching') ?? false,
      conference_sid: conference,
      date_created: rfc2822(made.createTime),
      date_updated: rfc2822(made.createTime),
      status: 'queued',
      end_conference_on_exit: form.flag('EndConferenceOnExit') ?? false,
      muted: form.flag('Muted') ?? false,
      hold: false,
      start_conference_on_enter: form.flag('StartConferenceOnEnter') ?? true,
      label: form.text('Label') ?? null,
      uri: sids.uri(`/Conferences/${conference ?? encodeURIComponent(name)}/Participants/${callSid}.json`),
    };
  },
};
