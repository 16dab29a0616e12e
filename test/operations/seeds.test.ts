import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { kinds } from '../../src/apis/enfonica/resources.ts';
import { lamlRouteOf } from '../../src/apis/signalwire/index.ts';
import { VirtualClock } from '../../src/clock.ts';
import type { Config } from '../../src/config/config.ts';
import { settingsOf } from '../../src/config/settings.ts';
import { seed } from '../../src/operations/seeds.ts';
import type { ResourceRecord } from '../../src/records/resource.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { commit } from '../ports/store-batches.ts';

const clock = new VirtualClock(1000);
const kept = new Map<string, string>();
const vault = {
  get: (name: string) => kept.get(name),
  put: (name: string, value: string) => void kept.set(name, value),
};

const settings = (config: Config) => settingsOf(config, { vault, file: undefined, env: {}, where: () => '' });
const runs = (...handlerUris: string[]) => ({ handlerUris });

/** What each project has: number or domain, and what is asked. */
const found = (store: Store, ...projects: string[]) =>
  projects.flatMap((project) =>
    [kinds.number, kinds.sipDomain].flatMap((kind) =>
      store
        .findResources({ kind, project, limit: 100 })
        .map(({ name, body }) => `${project} ${name} ${Object.values(body).flat().at(-1)}`)
        .sort(),
    ),
  );

const fail = (error: Error) => {
  throw error;
};

function inFile(): Store {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-seeds-'));
  const store = sqliteStore({ file: join(folder, 'callflow.sqlite'), onFailure: fail });
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  return store;
}

describe.for([
  ['memory', () => memoryStore()],
  ['sqlite', inFile],
] as const)('in the %s store', ([, open]) => {
  test('a domain may be called from the blocks that the file names', async () => {
    const store = open();
    const sipDomains = { desk: { ...runs('https://c.example/'), cidrBlocks: ['192.0.2.0/24'] } };
    await seed(settings({ projects: { shop: { sipDomains } } }), store, clock);
    expect(store.resourceNamed(kinds.sipDomain, 'desk')?.body).toEqual({
      callTerminationMode: 'PROGRAMMABLE',
      callTerminationHandlerUris: ['https://c.example/'],
      cidrBlocks: [{ cidrBlock: '192.0.2.0/24' }],
    });
  });

  test('what the file says is there, what it says no more is gone, and what an API has set up stays', async () => {
    const store = open();
    const own: ResourceRecord = {
      kind: kinds.number,
      id: 'by-api',
      project: 'shop',
      name: '+61255509999',
      body: { phoneNumber: '+61255509999' },
      createTime: 1,
    };
    await commit(store, { changes: [{ type: 'resource', record: own }] });
    const numbers = { '+61255501234': runs('https://a.example/'), '+61255501235': runs('https://b.example/') };
    await seed(
      settings({ projects: { shop: { numbers, sipDomains: { desk: runs('https://c.example/') } } } }),
      store,
      clock,
    );
    expect(found(store, 'shop')).toEqual([
      'shop +61255501234 https://a.example/',
      'shop +61255501235 https://b.example/',
      'shop +61255509999 +61255509999',
      'shop desk https://c.example/',
    ]);

    const fewer = { '+61255501235': runs('https://other.example/') };
    await seed(settings({ projects: { shop: { numbers: fewer } } }), store, clock);
    expect(found(store, 'shop')).toEqual([
      'shop +61255501235 https://other.example/',
      'shop +61255509999 +61255509999',
    ]);
  });

  test('a number that moves to another project, or is set up by an API already, is where the file says', async () => {
    const store = open();
    const numbers = { '+61255501234': runs('https://a.example/') };
    await seed(settings({ projects: { shop: { numbers }, bank: {} } }), store, clock);
    await seed(settings({ projects: { shop: {}, bank: { numbers } } }), store, clock);
    expect(found(store, 'shop', 'bank')).toEqual(['bank +61255501234 https://a.example/']);
    expect(store.resourceNamed(kinds.number, '+61255501234')?.project).toBe('bank');
  });

  test('numbers that were made are made once: those that were changed or given back stay so', async () => {
    const store = open();
    const made = settings({});
    const { id: project } = made.projects[0]!;
    await seed(made, store, clock);
    const [first, second] = ['61255501234', '61255501235'].map((id) => store.resource(kinds.number, project, id)!);
    const changed = { ...first!, body: { ...first!.body, displayName: 'Front desk' } };
    await commit(store, {
      changes: [
        { type: 'resource', record: changed },
        { type: 'resource', record: { ...second!, deleteTime: 2000 } },
      ],
    });
    await seed(made, store, clock);
    expect(found(store, project)).toEqual([`${project} +61255501234 Front desk`]);
  });
});

test('a number with a voiceUrl runs LaML, and is what the file says each time it is read', async () => {
  const store = memoryStore();
  const reads = async (voiceUrl: string, more: object = {}) => {
    const numbers = { '+15550100001': { voiceUrl, ...more } };
    await seed(settings({ projects: { shop: { numbers } } }), store, clock);
    return lamlRouteOf(store, { to: '+15550100001', from: '+15550100002', transport: 'PSTN' });
  };
  expect(await reads('https://a.example/', { voiceMethod: 'GET', voiceFallbackUrl: 'https://b.example/' })).toEqual({
    project: 'shop',
    dialect: 'laml',
    options: {
      handlerUrls: [{ url: 'https://a.example/', method: 'GET' }],
      fallback: { url: 'https://b.example/', method: 'POST' },
      ringMs: 30_000,
    },
  });
  expect((await reads('https://c.example/'))?.options.handlerUrls).toEqual([
    { url: 'https://c.example/', method: 'POST' },
  ]);
  await seed(
    settings({ projects: { shop: { numbers: { '+15550100001': runs('https://d.example/') } } } }),
    store,
    clock,
  );
  expect(lamlRouteOf(store, { to: '+15550100001', from: '+15550100002', transport: 'PSTN' })).toBeUndefined();
});
