import { createGuard } from '../../src/http/guard.ts';
import { undiciTransport } from '../../src/http/undici.ts';
import { application, deadPort } from '../http/far-side.ts';
import { type Behaviour, describeTransport } from './transport.ts';

describeTransport('over sockets', async (clock) => {
  const transport = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }) });
  const nobody = await deadPort();
  const app = await application({
    '/': ({ url }, response) => {
      const behaviour = JSON.parse(decodeURIComponent(url.slice(2))) as Behaviour;
      if (behaviour.type === 'answers') response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
    },
  });
  return {
    transport,
    at: (behaviour) =>
      behaviour.type === 'isNotThere'
        ? `http://127.0.0.1:${nobody}/`
        : `${app.origin}/?${encodeURIComponent(JSON.stringify(behaviour))}`,
    close: async () => {
      await transport.close();
      await app.close();
    },
  };
});
