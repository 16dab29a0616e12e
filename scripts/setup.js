// Installs the packages of the lockfile, unless they are there. Any Node since 18 can run this file.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const at = (path) => new URL(`../${path}`, import.meta.url);

function packagesOf(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, 'utf8')).packages : {};
}

/** npm keeps a lockfile of what it has installed; optional packages may be for other machines. */
function isInstalled() {
  const installed = packagesOf(at('node_modules/.package-lock.json'));
  const wanted = Object.entries(packagesOf(at('package-lock.json'))).filter(
    ([path, { optional, devOptional }]) => path !== '' && !optional && !devOptional,
  );
  return wanted.every(([path, { version }]) => installed[path]?.version === version);
}

function install() {
  console.log('installing packages (once, about 20 s)…');
  const flags = ['--no-save', '--include=dev', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  // npm names the script that is running; without it we were started by hand.
  const npm = process.env.npm_execpath;
  const options = { cwd: at('.'), stdio: ['ignore', 'ignore', 'inherit'] };
  const { status } = npm
    ? spawnSync(process.execPath, [npm, 'install', ...flags], options)
    : spawnSync('npm', ['install', ...flags], { ...options, shell: process.platform === 'win32' });
  return status ?? 1;
}

function hasNode24() {
  return Number(process.versions.node.split('.')[0]) >= 24 || existsSync(at('node_modules/.bin/node'));
}

if (!isInstalled()) process.exitCode = install();
if (!process.exitCode && !hasNode24()) {
  console.error(
    'Node 24 was not installed: npm is told to run no install scripts. `npm rebuild node --ignore-scripts=false` does it.',
  );
  process.exitCode = 1;
}
