import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { certificateIn } from '../../src/operations/certificate.ts';

const now = Date.UTC(2026, 0, 1, 9);
const dayMs = 24 * 60 * 60 * 1000;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'callflow-certificate-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test('a certificate is for this machine, signed by itself, and its key is nobody else’s', () => {
  const { cert, file } = certificateIn(folder(), now, Buffer.from('one'));
  const certificate = new X509Certificate(cert);
  expect([
    certificate.subject,
    certificate.subjectAltName,
    certificate.validFrom,
    certificate.validTo,
    certificate.ca,
    certificate.verify(certificate.publicKey),
    certificate.checkIP('127.0.0.1'),
    certificate.checkHost('localhost'),
    certificate.checkHost('example.com'),
  ]).toEqual([
    'CN=callflow',
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    'Dec 31 09:00:00 2025 GMT',
    'Apr  5 09:00:00 2028 GMT',
    true,
    true,
    '127.0.0.1',
    'localhost',
    undefined,
  ]);
  expect(statSync(file.replace('tls-certificate', 'tls-key')).mode & 0o077).toBe(0);
});

test('it stays the same until it soon ends', () => {
  const data = folder();
  const { cert } = certificateIn(data, now, Buffer.from('one'));
  expect(certificateIn(data, now + 790 * dayMs, Buffer.from('two')).cert).toBe(cert);
  expect(certificateIn(data, now + 800 * dayMs, Buffer.from('three')).cert).not.toBe(cert);
});
