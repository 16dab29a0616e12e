import { createCipheriv, createDecipheriv } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CallflowError } from '../errors.ts';
import { makeFolder, writeWhole } from '../files/whole.ts';

/** Credentials that callflow has made itself. Laws: they are on the disk encrypted only, and apart from the journal. */
export interface Vault {
  get(name: string): string | undefined;
  put(name: string, value: string): void;
  /** Encrypts a text that is kept elsewhere, and gives it back. */
  seal(text: string): string;
  open(sealed: string): string;
}

interface Sealed {
  cipher: typeof cipher;
  iv: string;
  tag: string;
  data: string;
}

const cipher = 'aes-256-gcm';
const secretsFile = 'secrets.json';
const keyFile = 'secrets.key';

/** What a copy of a data folder must have of its vault. */
export const vaultFiles = (withKey: boolean): string[] => (withKey ? [keyFile, secretsFile] : [secretsFile]);

/** Opens the vault of a data folder: `secrets.json`, and beside it the key, which only its owner can read. */
export function openVault(folder: string): Vault {
  try {
    makeFolder(folder);
    if (!statSync(folder).isDirectory()) throw new Error('is not a folder');
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new CallflowError('DATA_NOT_WRITABLE', `${folder}: ${(cause as Error).message}`, { cause });
  }
  const file = join(folder, secretsFile);
  const key = keyIn(join(folder, keyFile), !existsSync(file));
  const secrets = new Map<string, string>(existsSync(file) ? unseal(readFileSync(file, 'utf8'), key) : []);
  return {
    get: (name) => secrets.get(name),
    put: (name, value) => {
      secrets.set(name, value);
      writeWhole(file, `${JSON.stringify(seal([...secrets], key))}\n`);
    },
    seal: (text) => JSON.stringify(seal([['', text]], key)),
    open: (sealed) => unseal(sealed, key)[0]?.[1] ?? '',
  };
}

/** Bytes that nobody can guess. */
export const secretBytes = (length: number): Buffer => Buffer.from(crypto.getRandomValues(new Uint8Array(length)));

function keyIn(file: string, mayMake: boolean): Buffer {
  if (!existsSync(file)) {
    if (!mayMake) throw new CallflowError('SECRETS_NOT_READABLE', `${file} is not there`);
    writeWhole(file, `${secretBytes(32).toString('base64')}\n`);
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
