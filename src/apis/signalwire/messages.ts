/** Text messages: sent, shown, listed, deleted; nothing comes in, and there are no pictures. */
import type { NewMessage } from '../../call/messages.ts';
import type { MessageRecord } from '../../records/message.ts';
import { toMessageJson } from '../../vendors/signalwire/message-json.ts';
import { isE164 } from '../../verbs/addresses.ts';
import type { HandlerUrl } from '../../verbs/verb.ts';
import { ready } from '../setup.ts';
import { applicationOf, messageCallbackOf } from './application-records.ts';
import { between, isBetween } from './date-filter.ts';
import type { Form } from './form.ts';
import { given, pageOf } from './gives.ts';
import { idIn } from './lookup.ts';
import { ownsNumber } from './number-records.ts';
import { listed, pageParameters, sieved } from './paging.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const collection = '/Accounts/:account/Messages';
const path = `${collection}/:message`;

const longest = 1600;

/** What would make another message of it than the one that is sent. */
const notSent: Readonly<Record<string, string>> = {
  MediaUrl: 'messages have text only: no pictures are sent',
  MessagingServiceSid: 'there are no messaging services: From is needed',
  ContentSid: 'there are no templates: Body is needed',
  SendAt: 'messages are sent at once: none waits',
};

function newMessageOf(asked: Asked): NewMessage {
  const { form, project, context } = asked;
  for (const [name, why] of Object.entries(notSent)) if (form.text(name, 90000)) throw new Refusal(90000, why);
  const to = form.text('To', 21211);
  if (to === undefined) throw new Refusal(21201, 'To is needed: who gets the message');
  if (!isE164(to)) throw new Refusal(21211, `To ${JSON.stringify(to.slice(0, 60))} is no number with +`);
  const from = form.text('From', 21212);
  if (from === undefined) throw new Refusal(21213, 'From is needed: a number of the project');
  if (!isE164(from)) throw new Refusal(21212, `From ${JSON.stringify(from.slice(0, 60))} is no number with +`);
  if (!ownsNumber(context.store, project, from))
    throw new Refusal(21210, `From ${from} is no number of this project: add it to the configuration, or buy it`);
  const callback = callbackOf(asked);
  return { project, dialect: 'laml', to, from, text: textOf(form), ...(callback && { callback }) };
}

function textOf(form: Form): string {
  const text = form.lines('Body');
  if (text === undefined) throw invalid('Body is needed: the text of the message');
  if (text.length > longest) throw invalid(`Body has more than ${longest} characters`);
  return text;
}

/** What the request says is stronger than what the application does. */
function callbackOf(asked: Asked): HandlerUrl | undefined {
  const { form } = asked;
  const sid = form.text('ApplicationSid', 21218);
  const url = form.url('StatusCallback', 21456);
  if (url !== undefined) return { url, method: 'POST' };
  if (sid === undefined) return undefined;
  const application = applicationOf(asked, sid);
  if (!application) throw new Refusal(21218, 'ApplicationSid is no application of this project');
  return messageCallbackOf(application);
}

function existing(asked: Asked): MessageRecord {
  const record = asked.context.store.message(idIn(asked, 'message'));
  if (record?.project !== asked.project) throw notFound('the message');
  return record;
}

const create: Route = {
  id: 'messages.create',
  method: 'POST',
  path: collection,
  permission: 'messaging.messages.create',
  summary: 'Sends a text message',
  parameters: {
    To: 'Who gets it: a number with +.',
    From: 'A number of the project.',
    Body: `The text, at most ${longest} characters.`,
    StatusCallback: 'Hears, by POST, whether it was sent or failed.',
    ApplicationSid:
      'The application whose MessageStatusCallback or SmsStatusCallback hears it, when StatusCallback does not.',
  },
  status: 201,
  answers: 'The message, queued.',
  gives: given('Message'),
  answer: async (asked) => {
    const { engine, store } = asked.context;
    ready(store);
    const record = engine.sendText(newMessageOf(asked));
    await engine.committed();
    return toMessageJson(record, asked.sids, 'queued');
  },
};

const list: Route = {
  id: 'messages.list',
  method: 'GET',
  path: collection,
  permission: 'messaging.messages.list',
  summary: 'Lists the messages that were sent, by the API or by a document, the newest first',
  parameters: {
    To: 'Who has got it.',
    From: 'The number that has sent it.',
    DateSent: 'When the network took it: a day or a moment; DateSent< and DateSent> are on or before, and on or after.',
    ...pageParameters,
  },
  answers: 'A page of `messages`.',
  gives: pageOf('messages', 'Message'),
  answer: (asked) => {
    const { context, project, form, sids } = asked;
    const [to, from, sent] = [form.text('To'), form.text('From'), between(form, 'DateSent')];
    return listed<MessageRecord>(asked, {
      key: 'messages',
      find: sieved(
        (piece) => context.store.findMessages({ project, ...piece }),
        (one) =>
          [undefined, one.to].includes(to) && [undefined, one.from].includes(from) && isBetween(one.sendTime, sent),
      ),
      show: (record) => toMessageJson(record, sids),
    });
  },
};

const get: Route = {
  id: 'messages.get',
  method: 'GET',
  path,
  permission: 'messaging.messages.get',
  summary: 'Shows a message',
  answers: 'The message.',
  gives: given('Message'),
  answer: (asked) => toMessageJson(existing(asked), asked.sids),
};

const remove: Route = {
  id: 'messages.delete',
  method: 'DELETE',
  path,
  permission: 'messaging.messages.delete',
  summary: 'Deletes a message',
  status: 204,
  answers: 'Nothing.',
  answer: async (asked) => {
    const { setup, store } = asked.context;
    const record = await setup.change(() => {
      const found = existing(asked);
      if (found.state === 'sending') throw new Refusal(20009, 'the message is being sent', 422);
      return { changes: [{ type: 'message', record: found, deleted: true }], answer: found };
    });
    // What the journal has of it goes too: of a call’s with the call, and later when somebody is still to hear of it.
    if (record.call === undefined) store.erase(record.id);
  },
};

export const messages = [create, list, get, remove];
