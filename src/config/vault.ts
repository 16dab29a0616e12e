import { createCipheriv, createDecipheriv } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallflowError } from '../errors.ts';

/** Credentials that callflow has made itself. Laws: they are on the disk encrypted only, and apart from the journal. */
export interface Vault {
  get(name: string): string | undefined;
  put(name: string, value: string): void;
}

interface Sealed {
  cipher: typeof cipher;
  iv: string;
  tag: string;
  data: string;
}

const cipher = 'aes-256-gcm';

/** Opens the vault of a data folder: `secrets.json`, and beside it the key, which only its owner can read. */
export function openVault(folder: string): Vault {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new CallflowError('DATA_NOT_WRITABLE', `${folder}: ${(cause as Error).message}`, { cause });
  }
  const file = join(folder, 'secrets.json');
  const key = keyIn(join(folder, 'secrets.key'), !existsSync(file));
  const secrets = new Map<string, string>(existsSync(file) ? unseal(readFileSync(file, 'utf8'), key) : []);
  return {
    get: (name) => secrets.get(name),
    put: (name, value) => {
      secrets.set(name, value);
      writePrivately(file, `${JSON.stringify(seal([...secrets], key))}\n`);
    },
  };
}

/** Bytes that nobody can guess. */
export const secretBytes = (length: number): Buffer => Buffer.from(crypto.getRandomValues(new Uint8Array(length)));

function keyIn(file: string, mayMake: boolean): Buffer {
  if (!existsSync(file)) {
    if (!mayMake) throw new CallflowError('SECRETS_NOT_READABLE', `${file} is not there`);
    writePrivately(file, `${secretBytes(32).toString('base64')}\n`);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new CallflowError('SECRETS_NOT_READABLE', `${file} is not a key of 32 bytes in base64`);
  return key;
}

function seal(secrets: readonly (readonly [string, string])[], key: Buffer): Sealed {
  const iv = secretBytes(12);
  const cipherer = createCipheriv(cipher, key, iv);
  const data = Buffer.concat([cipherer.update(JSON.stringify(secrets), 'utf8'), cipherer.final()]);
  return {
    cipher,
    iv: iv.toString('base64'),
    tag: cipherer.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

function unseal(text: string, key: Buffer): [string, string][] {
  try {
    const { iv, tag, data }: Sealed = JSON.parse(text);
    const decipherer = createDecipheriv(cipher, key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
    decipherer.setAuthTag(Buffer.from(tag, 'base64'));
    return JSON.parse(Buffer.concat([decipherer.update(data, 'base64'), decipherer.final()]).toString('utf8'));
  } catch (cause) {
    throw new CallflowError('SECRETS_NOT_READABLE', 'secrets.json was not encrypted with secrets.key, or is damaged', {
      cause,
    });
  }
}

/** Written aside and renamed: nobody ever reads half of it. */
function writePrivately(file: string, text: string): void {
  const aside = `${file}.part`;
  writeFileSync(aside, text, { mode: 0o600, flush: true });
  renameSync(aside, file);
}
