import { readFileSync } from 'node:fs';
import { CallflowError } from '../errors.ts';
import { readYaml } from '../replay/yaml.ts';
import { asConfig } from './config-shape.ts';
import { type Settings, settingsOf } from './settings.ts';
import type { Vault } from './vault.ts';

export interface LoadOptions {
  /** Absent: everything is as it is without a configuration. */
  file: string | undefined;
  vault: Pick<Vault, 'get' | 'put'>;
  env: Readonly<Record<string, string | undefined>>;
}

/** Reads a configuration, and says of everything that is wrong with it in which line it is. */
export function loadSettings({ file, vault, env }: LoadOptions): Settings {
  if (file === undefined) return settingsOf({}, { vault, file, env, where: () => '' });
  const { value, where, broken } = readYaml(file, readText(file));
  if (broken !== undefined) throw new CallflowError('CONFIG_NOT_VALID', broken);
  return settingsOf(asConfig(value, where), { vault, file, env, where });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CallflowError('FILE_NOT_READABLE', `${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
