#!/usr/bin/env node
// Plain JavaScript that an old Node can run: it looks for a Node that can run the rest.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const isNew = Number(process.versions.node.split('.')[0]) >= 24;
// Of the checkout, or of the project that callflow is installed in.
const newNode = ['node_modules/.bin/node', '../.bin/node'].map(here).find(existsSync);

if (isNew) {
  module.enableCompileCache();
  const source = here('src/cli/main.ts');
  const { main } = await import(existsSync(source) ? '../src/cli/main.ts' : '../dist/cli/main.js');
  await main(process.argv.slice(2));
} else if (newNode) {
  const child = spawn(newNode, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal interrupts both processes; the child decides when it is over.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
} else {
  console.error(
    `callflow: needs Node 24 or newer and this is ${process.versions.node}; \`npm install --save-dev node@24\` brings one`,
  );
  process.exitCode = 2;
}
