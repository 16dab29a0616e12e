/** A certificate for this machine, signed by itself, so that programs that speak only HTTPS can be pointed here. */
import { createHash, createPublicKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../files/whole.ts';
import type { Instant } from '../records/call.ts';

/** Both are PEM. */
export interface KeptCertificate {
  cert: string;
  key: string;
  /** Where it can be read: for NODE_EXTRA_CA_CERTS. */
  file: string;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Clients on the Mac refuse more. */
const lifeDays = 825;
/** Made again when so little is left. */
const spareDays = 30;

/** The one of a data folder, made when there is none, or when it soon ends. */
export function certificateIn(folder: string, now: Instant, serial: Uint8Array): KeptCertificate {
  const file = join(folder, 'tls-certificate.pem');
  const keyFile = join(folder, 'tls-key.pem');
  if (!existsSync(file) || !existsSync(keyFile) || endsSoon(readFileSync(file, 'utf8'), now)) {
    const made = selfSigned(now, serial);
    writeWhole(keyFile, made.key);
    writeWhole(file, made.cert);
  }
  return { cert: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8'), file };
}

const endsSoon = (pem: string, now: Instant): boolean =>
  Date.parse(new X509Certificate(pem).validTo) - now < spareDays * dayMs;

const tags = { integer: 0x02, bits: 0x03, bytes: 0x04, oid: 0x06, text: 0x0c, time: 0x17, sequence: 0x30, set: 0x31 };

/** One value of DER (X.690): its tag, how long it is, and what it holds. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = body.length > 0xff ? [0x82, body.length >> 8, body.length & 0xff] : [0x81, body.length];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(tags.sequence, ...parts);
const oid = (hex: string) => der(tags.oid, Buffer.from(hex, 'hex'));
const yes = Buffer.from([0x01, 0x01, 0xff]);

/** As 260101090000Z: good until 2050. */
const time = (at: Instant) =>
  der(
    tags.time,
    Buffer.from(
      new Date(at)
        .toISOString()
        .slice(2)
        .replace(/[-:T]|\.\d+/g, ''),
    ),
  );

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const commonName = '550403';
const extensions = { names: '551d11', keyUsage: '551d0f', constraints: '551d13', purposes: '551d25' };
const forServers = '2b06010505070301';

const extension = (id: string, ...value: readonly Uint8Array[]) => sequence(oid(id), ...value);

/** For `localhost`, 127.0.0.1 and ::1 (RFC 5280). */
function selfSigned(now: Instant, serial: Uint8Array): { cert: string; key: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const name = sequence(der(tags.set, sequence(oid(commonName), der(tags.text, Buffer.from('callflow')))));
  const addresses = [Buffer.from([127, 0, 0, 1]), Buffer.from([...Array<number>(15).fill(0), 1])];
  const names = sequence(der(0x82, Buffer.from('localhost')), ...addresses.map((address) => der(0x87, address)));
  const number = createHash('sha256').update(serial).digest().subarray(0, 16);
  number[0] = (number[0]! & 0x3f) | 0x40; // positive, and as long as it is
  const signed = sequence(
    der(0xa0, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, number),
    ecdsaWithSha256,
    name,
    sequence(time(now - dayMs), time(now + lifeDays * dayMs)),
    name,
    publicKey,
    der(
      0xa3,
      sequence(
        extension(extensions.constraints, yes, der(tags.bytes, sequence(yes))),
        extension(extensions.keyUsage, yes, der(tags.bytes, der(tags.bits, Buffer.from([0x02, 0x84])))),
        extension(extensions.purposes, der(tags.bytes, sequence(oid(forServers)))),
        extension(extensions.names, der(tags.bytes, names)),
      ),
    ),
  );
  const signature = der(tags.bits, Buffer.from([0]), sign('sha256', signed, privateKey));
  const certificate = sequence(signed, ecdsaWithSha256, signature).toString('base64');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}
