/** Asks questions in a loop; a cookie keeps the answers of each call. `npx node examples/survey/app.ts --port 3000` */
import { parseArgs } from 'node:util';
import { fastify } from 'fastify';

/** What an application reads of a VoiceML request. */
interface VoiceRequest {
  parameters?: { digits?: string };
}

const questions = ['How was the service?', 'How was the price?', 'Would you come again?'];

const ask = (question: string, before = '') => `<Response>
  <Input MaxDigitCount="1" TimeoutSeconds="4" NextUri="/answer">
    <Say>${before}${question} Press 1 for poor, up to 5 for excellent.</Say>
  </Input>
</Response>`;

const thanks = (answers: string) => {
  const sum = [...answers].reduce((total, digit) => total + Number(digit), 0);
  return `<Response><Say>Thank you. You gave us ${sum} of ${5 * questions.length} points.</Say></Response>`;
};

/** Cookies belong to the call that asks, so the answers so far can travel in one: nothing has to be kept here. */
const answersIn = (cookie: string | undefined) => /(?:^|; )answers=(\d*)/.exec(cookie ?? '')?.[1] ?? '';

export function createApp() {
  const app = fastify();
  app.addHook('onRequest', async (_request, reply) => {
    reply.type('application/xml');
  });

  app.post('/', (_request, reply) => reply.header('set-cookie', 'answers=; Path=/').send(ask(questions[0]!)));

  app.post<{ Body: VoiceRequest }>('/answer', ({ body, headers }, reply) => {
    const digits = body.parameters?.digits ?? '';
    const before = answersIn(headers.cookie);
    if (!/^[1-5]$/.test(digits)) return ask(questions[before.length]!, 'Sorry? ');

    const answers = before + digits;
    reply.header('set-cookie', `answers=${answers}; Path=/`);
    const next = questions[answers.length];
    return next ? ask(next) : thanks(answers);
  });

  return app;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });
  console.log(`survey: ${await createApp().listen({ port: Number(values.port) })}`);
}
