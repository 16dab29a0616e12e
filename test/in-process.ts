import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { createLog } from '../src/operations/log.ts';
import { startServer } from '../src/server.ts';

/** A whole server in this process, which goes when the test is over. */
export async function startHere(config?: string) {
  const data = mkdtempSync(join(tmpdir(), 'callflow-here-'));
  const file = config === undefined ? undefined : join(data, 'callflow.yaml');
  if (file !== undefined) writeFileSync(file, config ?? '');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const log = createLog('silent', nowhere);
  const server = await startServer({ config: file, data, host: '127.0.0.1', port: 0, version: '0.0.0', env: {}, log });
  onTestFinished(async () => {
    await server.drain();
    rmSync(data, { recursive: true, force: true });
  });
  return server;
}
