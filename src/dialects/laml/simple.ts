/** Verbs of one sentence. */
import type { Denoise } from '../../verbs/denoise.ts';
import type { Echo } from '../../verbs/echo.ts';
import type { Message } from '../../verbs/message.ts';
import type { Refer } from '../../verbs/refer.ts';
import { element } from '../grammar.ts';
import { integer, isWithin, text } from '../kinds.ts';
import { toE164 } from './phone-number.ts';
import { sip } from './sip.ts';
import { address, asked, method, next, nextAddress } from './values.ts';

export const echo = element('Echo', {
  about: 'Lets the caller hear itself. Answers an incoming call that nobody has answered.',
  attributes: { timeout: integer({ about: 'For how many seconds.', min: 5, max: 120, default: 60 }) },
  means: ({ timeout }, { at }): Echo => ({ verb: 'echo', at, answers: true, ms: timeout * 1000 }),
});

export const denoise = element('Denoise', {
  about: 'Takes noise out of what the caller says, or stops doing so.',
  text: {
    about: 'on or off.',
    expected: 'on or off',
    xsd: { base: 'token', values: ['on', 'off'] },
    read: (written) => (/^(?:on|off)$/i.test(written) ? written.toLowerCase() : undefined),
  },
  textRequired: true,
  means: (_, { text: written, at }): Denoise => ({ verb: 'denoise', at, answers: true, on: written === 'on' }),
});

/** What a text message may hold: under 1600 characters (LaML 4.24). */
const longestMessage = 1599;

export const sms = element('Sms', {
  about: 'Sends a text message while the call goes on.',
  attributes: {
    action: nextAddress('Who is asked next. The next verb is executed unless given.'),
    from: text({ about: 'Our number that sends it. The one that was called, or that calls, unless given.' }),
    method: method(),
    statusCallback: address('Who hears whether it could be sent.'),
    to: text({ about: 'The number it is sent to. The other side of the call unless given.' }),
  },
  text: {
    about: 'What is sent.',
    expected: `text of at most ${longestMessage} characters`,
    xsd: { base: 'string', maxLength: longestMessage },
    read: (written) => written,
  },
  textRequired: true,
  means: ({ action, method: by, from, to, statusCallback }, { text: written = '', at, warn }): Message => {
    const sendable = isWithin(written, longestMessage) ? written : '';
    if (sendable === '')
      warn('TEXT_NOT_VALID', `the text of <Sms> has more than ${longestMessage} characters: nothing is sent`);
    const callback = asked(statusCallback, 'POST');
    return {
      verb: 'message',
      at,
      answers: true,
      ...(to && { to: toE164(to) ?? to }),
      ...(from && { from: toE164(from) ?? from }),
      text: sendable,
      ...(callback && { callback }),
      ...next(action, by),
    };
  },
});

export const refer = element('Refer', {
  about: 'Has the far side of a SIP call call another address instead. The call goes on until it has.',
  attributes: {
    action: nextAddress('Who is asked next, however it ended. The next verb is executed unless given.'),
    method: method(),
  },
  content: [sip],
  strangerCode: 'DIAL_NOUNS_NOT_VALID',
  means: ({ action, method: by }, { children, at, warn }): Refer => {
    const [first, second] = children;
    if (!first) warn('DIAL_NOUNS_NOT_VALID', '<Refer> needs a <Sip>: it fails, and the call goes on');
    if (second) warn('DIAL_NOUNS_NOT_VALID', 'there may be one <Sip> in <Refer>: the first counts', second.at);
    const { to = '', headers } = first?.target ?? {};
    return { verb: 'refer', at, answers: true, to, ...(headers && { headers }), ...next(action, by) };
  },
});
