import { expect, test } from 'vitest';
import { createGuard } from '../../src/http/guard.ts';

const guard = createGuard();
const hostOf = (url: string) => new URL(url).hostname;

test.for([
  ['http://127.0.0.1/', 'loopback'],
  ['http://127.1/', 'loopback'],
  ['http://127.255.255.254/', 'loopback'],
  ['http://2130706433/', 'loopback'],
  ['http://0x7f.1/', 'loopback'],
  ['http://0x7f000001/', 'loopback'],
  ['http://017700000001/', 'loopback'],
  ['http://0177.0.0.1/', 'loopback'],
  ['http://127.0.0.1./', 'loopback'],
  ['http://１２７.０.０.１/', 'loopback'],
  ['http://[::1]/', 'loopback'],
  ['http://[0:0:0:0:0:0:0:1]/', 'loopback'],
  ['http://[::ffff:127.0.0.1]/', 'loopback'],
  ['http://[::ffff:7f00:1]/', 'loopback'],
  ['http://[64:ff9b::7f00:1]/', 'loopback'],
  ['http://localhost/', 'loopback'],
  ['http://LOCALHOST/', 'loopback'],
  ['http://localhost./', 'loopback'],
  ['http://app.localhost/', 'loopback'],
  ['http://10.0.0.1/', 'private'],
  ['http://172.16.0.1/', 'private'],
  ['http://172.31.255.255/', 'private'],
  ['http://192.168.1.1/', 'private'],
  ['http://3232235777/', 'private'],
  ['http://[::ffff:10.0.0.1]/', 'private'],
  ['http://[64:ff9b::10.0.0.1]/', 'private'],
  ['http://169.254.1.1/', 'linkLocal'],
  ['http://[fe80::1]/', 'linkLocal'],
  ['http://100.64.0.1/', 'carrierGradeNat'],
  ['http://100.127.255.255/', 'carrierGradeNat'],
  ['http://[fc00::1]/', 'uniqueLocal'],
  ['http://[fdff::1]/', 'uniqueLocal'],
  ['http://169.254.169.254/', 'metadata'],
  ['http://2852039166/', 'metadata'],
  ['http://[::ffff:169.254.169.254]/', 'metadata'],
  ['http://169.254.170.2/', 'metadata'],
  ['http://168.63.129.16/', 'metadata'],
  ['http://100.100.100.200/', 'metadata'],
  ['http://192.0.0.192/', 'metadata'],
  ['http://[fd00:ec2::254]/', 'metadata'],
  ['http://[fd20:ce::254]/', 'metadata'],
  ['http://0/', 'unspecified'],
  ['http://0.0.0.0/', 'unspecified'],
  ['http://0.1.2.3/', 'unspecified'],
  ['http://[::]/', 'unspecified'],
  ['http://224.0.0.1/', 'multicast'],
  ['http://239.255.255.255/', 'multicast'],
  ['http://[ff02::1]/', 'multicast'],
  ['http://240.0.0.1/', 'reserved'],
  ['http://255.255.255.255/', 'reserved'],
  ['http://192.0.2.1/', 'reserved'],
  ['http://198.18.0.1/', 'reserved'],
  ['http://198.51.100.1/', 'reserved'],
  ['http://203.0.113.1/', 'reserved'],
  ['http://[::127.0.0.1]/', 'reserved'],
  ['http://[::ffff:0:127.0.0.1]/', 'reserved'],
  ['http://[64:ff9b:1::7f00:1]/', 'reserved'],
  ['http://[2002:7f00:1::]/', 'reserved'],
  ['http://[2001::7f00:1]/', 'reserved'],
  ['http://[2001:db8::1]/', 'reserved'],
  ['http://[fec0::1]/', 'reserved'],
  ['http://[100::1]/', 'reserved'],
])('%s is refused as %s, until that is allowed', ([url, range]) => {
  const host = hostOf(url!);
  expect(guard.refusal(host)).toContain(`allow "${range}"`);
  expect(createGuard({ allow: [range!] }).refusal(host)).toBeUndefined();
});

test.for([
  'http://93.184.216.34/',
  'http://172.32.0.1/',
  'http://100.128.0.1/',
  'http://[2606:2800:220:1:248:1893:25c8:1946]/',
  'http://[::ffff:93.184.216.34]/',
  'http://[64:ff9b::93.184.216.34]/',
  'http://app.example/',
  'http://notlocalhost/',
  'http://10.0.0.1.example/',
])('%s may be asked (a name is judged once its address is known)', (url) => {
  expect(guard.refusal(hostOf(url))).toBeUndefined();
});

test('a refusal names the address, what it is, what led to it, and what would allow it', () => {
  expect(guard.refusal('10.1.2.3')).toBe(
    '10.1.2.3 is a private address: allow "private" or "10.1.2.3" in the URL guard to let it through',
  );
  expect(guard.refusal('::ffff:7f00:1', 'evil.example')).toBe(
    'evil.example is ::ffff:7f00:1, which stands for 127.0.0.1 and is a loopback address, this machine itself: allow "loopback" or "127.0.0.1" in the URL guard to let it through',
  );
});

test.for([
  [['10.1.0.0/16'], '10.1.255.1', true],
  [['10.1.0.0/16'], '10.2.0.1', false],
  [['10.1.0.0/16'], '::ffff:10.1.0.1', true],
  [['192.168.1.7'], '192.168.1.7', true],
  [['192.168.1.7'], '192.168.1.8', false],
  [['fd12:3456::/32'], 'fd12:3456::9', true],
  [['fd12:3456::/32'], '10.1.0.1', false],
  [['127.0.0.1'], 'localhost', true],
  [['::1'], 'localhost', true],
  [['private', 'loopback'], '169.254.169.254', false],
  [['linkLocal'], '169.254.169.254', false],
  [['0.0.0.0/0'], '169.254.169.254', false],
  [['169.254.0.0/16'], '169.254.169.254', false],
  [['169.254.169.254'], '169.254.169.254', true],
  [['uniqueLocal'], 'fd00:ec2::254', false],
] as const)('with %j allowed, %s may be asked: %s', ([allow, host, allowed]) => {
  expect(createGuard({ allow }).refusal(host) === undefined).toBe(allowed);
});

test.for(['', 'everything', 'Loopback', '10.0.0.0/33', '10.0.0/8', 'example.com'])(
  '"%s" cannot be allowed',
  (entry) => {
    expect(() => createGuard({ allow: [entry] })).toThrow(
      expect.objectContaining({
        code: 'SETTING_NOT_VALID',
        message: expect.stringContaining(`"${entry}" cannot be allowed`),
      }),
    );
  },
);
