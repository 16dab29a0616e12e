import { createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ProxyOptions } from '../http/proxy.ts';
import type { Complaint, Path } from '../replay/shape.ts';
import type { ProjectConfig, ProxyConfig, Secret, ServiceAccountConfig, TlsConfig, TokenConfig } from './config.ts';
import { madeSigningKey, madeToken } from './made.ts';
import { expensive } from './outgoing.ts';
import { type RatesConfig, rateTable } from './rates.ts';
import type { Around, Project, ServiceAccount, Token } from './settings.ts';

const everything = ['*'];

/** Reads what a configuration refers to, and gathers what is not as it must be. */
export class Reader {
  readonly complaints: Complaint[] = [];
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  project(
    id: string,
    {
      parent,
      tokens,
      signingKeys,
      serviceAccounts = [],
      numbers,
      sipDomains,
      limits = {},
      outgoing = {},
    }: ProjectConfig,
    rates: RatesConfig | undefined,
  ): Project {
    const { vault } = this.#around;
    const path = ['projects', id];
    const made = () => ({ token: madeToken(vault, id), may: everything });
    const madeKeys = () => (parent === undefined ? [Buffer.from(madeSigningKey(vault, id), 'base64')] : []);
    return {
      id,
      parent,
      tokens: tokens?.map((token, index) => this.#token(token, [...path, 'tokens', index])) ?? [made()],
      signingKeys: signingKeys?.map((key, index) => this.#key(key, [...path, 'signingKeys', index])) ?? madeKeys(),
      serviceAccounts: serviceAccounts.map((account, index) =>
        this.#account(account, [...path, 'serviceAccounts', index]),
      ),
      numbers: numbers ?? {},
      sipDomains: sipDomains ?? {},
      limits,
      rates: rates && rateTable(rates),
      mayCall: outgoing.allow ?? ['+'],
      mayNotCall: outgoing.refuse ?? expensive,
      made: { token: tokens === undefined, signingKey: signingKeys === undefined && parent === undefined },
    };
  }

  file(name: string, path: Path): string {
    const { file } = this.#around;
    const found = resolve(file === undefined ? '.' : dirname(file), name);
    try {
      return readFileSync(found, 'utf8');
    } catch {
      this.complaints.push({ path, found: `${name}, which cannot be read`, expected: 'a file' });
      return '';
    }
  }

  /** A file of certificate authorities: one or several, in PEM. */
  certificates(name: string, path: Path): string {
    const pem = this.file(name, path);
    const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    if (pem === '' || (found.length > 0 && found.every(isCertificate))) return pem;
    this.complaints.push({ path, found: `${name}, which holds none`, expected: 'certificates in PEM' });
    return '';
  }

  /** What its files hold. */
  tls({ port, cert, key }: TlsConfig): TlsConfig {
    return {
      ...(port !== undefined && { port }),
      ...(cert !== undefined && { cert: this.certificates(cert, ['tls', 'cert']) }),
      ...(key !== undefined && { key: this.file(key, ['tls', 'key']) }),
    };
  }

  proxy({ url: written, noProxy = [] }: ProxyConfig): ProxyOptions {
    const url = this.#secret(written, ['proxy', 'url']);
    if (!/^https?:\/\/[^\s/]/i.test(url) || !URL.canParse(url))
      this.#refuse(['proxy', 'url'], url, 'an http or https URL');
    return { url, noProxy };
  }

  #token(written: Secret | TokenConfig, path: Path): Token {
    const full = typeof written === 'object' && 'token' in written;
    const token = full ? this.#secret(written.token, [...path, 'token']) : this.#secret(written, path);
    if (token.length < 16) this.#refuse(path, token, 'a token of at least 16 characters');
    return { token, may: full ? written.may : everything };
  }

  #key(written: Secret, path: Path): Uint8Array {
    const text = this.#secret(written, path);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length !== 64) this.#refuse(path, text, '64 bytes in base64: 88 characters that end in ==');
    return bytes;
  }

  #account({ email, publicKey, may = everything }: ServiceAccountConfig, path: Path): ServiceAccount {
    const pem = this.file(publicKey, [...path, 'publicKey']);
    try {
      return { email, key: createPublicKey(pem), may };
    } catch {
      if (pem !== '')
        this.complaints.push({
          path: [...path, 'publicKey'],
          found: `${publicKey}, which holds none`,
          expected: 'a public key in PEM',
        });
      return { email, key: undefined as never, may };
    }
  }

  #secret(written: Secret, path: Path): string {
    if (typeof written === 'string') return written;
    if (written.file !== undefined) return this.file(written.file, [...path, 'file']).trim();
    const value = this.#around.env[written.env ?? ''];
    if (value === undefined)
      this.complaints.push({
        path: [...path, 'env'],
        found: `${written.env}, which is not set`,
        expected: 'a variable of the environment',
      });
    return value ?? '';
  }

  /** What could not be read has been complained of already; a secret is not shown. */
  #refuse(path: Path, secret: string, expected: string): void {
    if (secret !== '') this.complaints.push({ path, found: `a text of ${secret.length} characters`, expected });
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}
