import { element } from '../grammar.ts';
import { dial } from './dial.ts';
import { hangup, leave, reject } from './end.ts';
import { connect, start, stop } from './forks.ts';
import { gather } from './gather.ts';
import { pause } from './pause.ts';
import { pay } from './pay.ts';
import { play } from './play.ts';
import { prompt } from './prompt.ts';
import { enqueue, queue } from './queue.ts';
import { record } from './record.ts';
import { redirect } from './redirect.ts';
import { say } from './say.ts';
import { denoise, echo, refer, sms } from './simple.ts';
import { toInstructions } from './verbs.ts';

export const response = element('Response', {
  about: 'What the call is to do, one verb after the other. At its end the call is hung up.',
  content: [
    connect,
    denoise,
    dial,
    echo,
    enqueue,
    gather,
    hangup,
    leave,
    pause,
    pay,
    play,
    prompt,
    queue,
    record,
    redirect,
    refer,
    reject,
    say,
    sms,
    start,
    stop,
  ],
  strangerCode: 'VERB_NOT_SUPPORTED',
  means: (_, around) => toInstructions(around.children.flat(), around),
});
