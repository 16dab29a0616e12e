/** `npm start`: an example application, a call to it through the engine, and what to try next. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createApp } from '../examples/menu/app.ts';
import { dialScripted } from '../src/cli/dialing.ts';
import { loadFlow } from '../src/replay/load.ts';

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });

const interrupted = once(process, 'SIGINT');
let isDone = values.once;
process.once('SIGINT', () => {
  isDone = true;
});

const app = createApp();
const url = `${await listen(3000)}/`;

console.log(`The application examples/menu/app.ts answers at ${url}. Somebody calls it:\n`);
const { flow } = loadFlow('examples/menu/flow.yaml');
const call = { dialect: 'voiceml', from: '+61491570006', to: '+61255501234', signingKey: new Uint8Array(64) };
await dialScripted({ ...call, urls: [url], allow: [], recordings: 'data/recordings' }, flow);

if (!isDone) {
  console.log(`
The application goes on answering. Try, in another terminal:

  npx callflow dial ${url}    call it yourself: press 1 or 2
  npx callflow replay examples/menu          the same call in virtual time, compared with its transcript
  npx callflow --help                        what else there is

Ctrl-C ends.`);
  await interrupted;
}
await app.close();

/** The usual port, or any other when somebody has it. */
async function listen(port: number): Promise<string> {
  try {
    return await app.listen({ port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return app.listen({ port: 0 });
  }
}
