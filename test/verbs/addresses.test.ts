import { expect, test } from 'vitest';
import { userOf, withUser } from '../../src/verbs/addresses.ts';

test.for([
  ['"Anna" <sip:anna@pbx.example>;tag=1', 'anna'],
  ['<sips:+61491570006@pbx.example:5061;transport=tls>', '+61491570006'],
  ['sip:%2B61491570006@pbx.example', '+61491570006'],
  ['sip:anna%0D%0AX@pbx.example', 'anna%0D%0AX'],
  ['sip:anna:secret@pbx.example', 'anna'],
  ['sip:+61491570006;phone-context=x@pbx.example', '+61491570006'],
  ['<tel:+61-491-570-006;ext=7>', '+61491570006'],
  ['<sip:+61491570006@pbx.example>, <tel:+61491570007>', '+61491570006'],
  ['<sip:pbx.example>', undefined],
  ['Anna', undefined],
] as const)('the header %s means %s', ([header, user]) => {
  expect(userOf(header)).toBe(user);
});

test.for([
  ['sip:desk7@pbx.example', '+61255501234', 'sip:desk7@pbx.example'],
  ['sip:pbx.example', '+61255501234', 'sip:+61255501234@pbx.example'],
  [
    'sip:pbx.example:5080;transport=tls?X-Id=1',
    '+61255501234',
    'sip:+61255501234@pbx.example:5080;transport=tls?X-Id=1',
  ],
  ['sip:pbx.example?to=%2B61255505678', '+61255501234', 'sip:+61255505678@pbx.example?to=%2B61255505678'],
  ['sip:pbx.example?to=sip%3Aann%40a.example', '+61255501234', 'sip:ann@pbx.example?to=sip%3Aann%40a.example'],
  ['sip:pbx.example?to=sip%3Aa.example', '+61255501234', 'sip:+61255501234@pbx.example?to=sip%3Aa.example'],
  ['sip:pbx.example?to=%ZZ', '+61255501234', 'sip:%25ZZ@pbx.example?to=%ZZ'],
  ['sip:pbx.example?to=a%0D%0AX%20b', '+61255501234', 'sip:a%0D%0AX%20b@pbx.example?to=a%0D%0AX%20b'],
  ['sip:pbx.example', 'sip:sales@demo.example', 'sip:sales@pbx.example'],
  ['sip:pbx.example', 'sip:demo.example', 'sip:pbx.example'],
] as const)('%s, when %s was called, is %s', ([uri, called, complete]) => {
  expect(withUser(uri, called)).toBe(complete);
});
