import { describe, expect, test } from 'vitest';
import { announcedIn } from '../../src/explore/announced.ts';
import { explore, retrace } from '../../src/explore/explore.ts';
import { toMermaid } from '../../src/explore/mermaid.ts';
import { Sameness } from '../../src/explore/sameness.ts';
import { toSvg } from '../../src/explore/svg.ts';
import { applicationOf } from './defects.ts';

const input = (prompt: string, next = '/choice') =>
  `<Response><Input MaxDigitCount="1" TimeoutSeconds="3" NextUri="${next}"><Say>${prompt}</Say></Input></Response>`;
const say = (text: string) => `<Response><Say>${text}</Say></Response>`;

describe('what a prompt offers', () => {
  test.for([
    ['For sales, press 1. For support, press 2.', ['1', '2']],
    ['Press one for sales or two for support.', ['1', '2']],
    ['Press 1 for sales, 2 for support, or 3 to hear this again.', ['1', '2', '3']],
    ['Dial zero for an operator.', ['0']],
    ['Press star to go back, or the pound key.', ['*']],
    ['Press the star key or press hash.', ['*', '#']],
    ['Press 1 or 2.', ['1', '2']],
    ['Press 1 for poor, up to 5 for excellent.', ['1', '2', '3', '4', '5']],
    ['Press 1 to 3.', ['1', '2', '3']],
    ['Press 1 to hear our hours.', ['1']],
    ['Enter your 4 digit PIN.', []],
    ['Enter 0 for help, or press option two.', ['0', '2']],
    ['Pour les ventes, tapez 1. Drücken Sie die 2. Para ventas, marque el 3.', ['1', '2', '3']],
    ['Welcome to number one of all shops.', []],
  ] as const)('%s', ([prompt, keys]) => {
    expect(announcedIn(prompt).keys).toEqual(keys);
  });

  test('any key, how many digits, and what to say', () => {
    expect(announcedIn('Press any key, enter your four digit code, or say sales.')).toEqual({
      keys: [],
      any: true,
      digits: 4,
      phrases: ['sales'],
    });
  });
});

test('an application that counts to three is followed to the end of its patience', async () => {
  const tries = new Map<string, number>();
  const application = async (request: Request) => {
    const { call } = (await request.json()) as { call: { name: string } };
    const before = tries.get(call.name) ?? 0;
    tries.set(call.name, before + 1);
    return before < 4 ? input('Press 1.', '/voice') : say('You have tried often enough.');
  };
  const { graph, findings } = await explore({ application: fresh(application, tries) });
  const heard = graph.states.flatMap(({ edges }) => edges.flatMap((edge) => edge.heard));
  expect(heard).toContain('You have tried often enough.');
  expect(findings.filter(({ kind }) => kind === 'loopWithoutExit')).toEqual([]);
});

/** Every call has the same name here: what was kept of the one before goes when the next one begins. */
const fresh =
  (application: (request: Request) => Promise<string>, tries: Map<string, number>) => async (request: Request) => {
    const { call } = (await request.clone().json()) as { call: { state: string } };
    if (call.state === 'STARTING') tries.clear();
    return application(request);
  };

test('what differs from call to call makes no place of its own', async () => {
  let session = 0;
  const application = async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/voice') return input('Press 1 to hear this again.', `/again?session=s${++session}`);
    return input('Press 1 to hear this again.', `/again?session=s${session}`);
  };
  const { graph, calls } = await explore({ application });
  expect({ places: graph.states.length, few: calls < 30 }).toEqual({ places: 2, few: true });
});

test('ids, times and tokens are the same for everybody, telephone numbers are not', () => {
  const { plain } = new Sameness();
  const bound = plain.bind(new Sameness());
  expect(
    [
      '/a/2f0d1c6e-1b7a-4c3e-9a51-0c8f5a1b2c3d?to=+61491570156',
      '/b/019b76daa8000001a087ea00b349',
      'at 2026-11-20T20:42:34Z, 1795207354123',
    ].map(bound),
  ).toEqual(['/a/…?to=+61491570156', '/b/…', 'at …, …']);
});

test('so many calls are made and no more', async () => {
  const progress: number[] = [];
  const { calls, complete } = await explore({
    application: manyPlaces(),
    maxCalls: 25,
    onProgress: (now) => progress.push(now.calls),
  });
  expect({ calls, complete, last: progress.at(-1) }).toEqual({ calls: 25, complete: false, last: 25 });
});

test('a call is followed so far and no further', async () => {
  const { graph, complete } = await explore({ application: manyPlaces(), maxDepth: 2 });
  const longest = Math.max(...graph.states.map(({ script }) => script.length));
  expect({ longest, complete }).toEqual({ longest: 2, complete: false });
});

test('a thousand places are found', async () => {
  const { graph } = await explore({ application: manyPlaces(), maxCalls: 1_500 });
  expect(graph.states.length).toBeGreaterThan(1_000);
});

/** A tree of menus: each key leads to one of its own. */
function manyPlaces() {
  return (request: Request) => {
    const { pathname } = new URL(request.url);
    const keys = pathname.slice(7);
    return request.json().then((body) => {
      const { digits = '' } = (body as { parameters?: { digits?: string } }).parameters ?? {};
      if (digits === '' && pathname !== '/voice') return say('Bye.');
      const place = keys + digits;
      if (!/^[1-9]*$/.test(place)) return say('Sorry, no.');
      return input(`This is place ${[...place].join(' ')} here. Press 1 to 8.`, `/voice/${place}`);
    });
  };
}

test('another version is compared path by path', async () => {
  const version = (second: string) =>
    applicationOf({
      documents: {
        '/voice': input('Press 1 or press 2.'),
        '/choice': (digits) => (digits === '2' ? say(second) : say('Goodbye.')),
      },
    });
  const { differences } = await explore({
    application: version('We are open.'),
    against: { application: version('We are closed.') },
  });
  expect(differences).toEqual([
    {
      script: [{ does: 'press', who: 'caller', keys: '2' }],
      steps: 'press 2',
      difference: expect.stringContaining(
        '- engine        says "We are open."\n+ engine        says "We are closed."',
      ) as string,
    },
  ]);
});

test('an application that throws is told, and the rest is explored', async () => {
  const { findings } = await explore({
    application: async (request: Request) => {
      if (new URL(request.url).pathname === '/voice') return input('Press 1.');
      const { parameters } = (await request.json()) as { parameters: { digits: string } };
      if (parameters.digits === '1') throw new TypeError('no such customer');
      return say('Bye.');
    },
  });
  const threw = findings.find(({ kind }) => kind === 'applicationThrew');
  expect(threw).toEqual(
    expect.objectContaining({ steps: 'press 1', message: expect.stringContaining('no such customer') }),
  );
});

test('whatever an application says stays text in a picture and in a flowchart', async () => {
  const { graph } = await explore({
    application: async () => input('Press 1.'),
    maxCalls: 4,
  });
  graph.states[0]!.waits = '<script>alert("x")</script> & ]';
  expect(toSvg(graph)).not.toContain('<script>');
  expect(toMermaid(graph)).toContain('#60;script#62;alert#40;#34;x#34;#41;#60;/script#62; #38; #93;');
});

test('a script is played once more as it was', async () => {
  const application = {
    application: applicationOf({ documents: { '/voice': input('Press 1.'), '/choice': say('Bye.') } }),
  };
  const script = [{ does: 'press', who: 'caller', keys: '1' }] as const;
  expect((await retrace(application, script)).transcript).toBe((await retrace(application, script)).transcript);
});

test('a telephone that rings as soon as nobody has pressed anything is heard', async () => {
  const { graph, findings } = await explore({
    application: applicationOf({
      documents: {
        '/voice': input('Press 1, or wait for somebody.'),
        '/choice': (digits) =>
          digits === '1'
            ? say('Bye.')
            : '<Response><Call CallerId="+61255501234"><Endpoint>+61491570156</Endpoint></Call><Say>Nobody.</Say></Response>',
      },
    }),
  });
  const [first] = graph.states;
  const waited = first!.edges.find(({ acts: [act] }) => act?.does === 'wait');
  expect({ to: waited?.to, findings }).toEqual({
    to: expect.objectContaining({ waits: '+61491570156 rings' }),
    findings: [],
  });
});
