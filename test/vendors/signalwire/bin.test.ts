import { expect, test } from 'vitest';
import { renderBin } from '../../../src/vendors/signalwire/bin.ts';

const request = {
  From: '+15551234567',
  ApiVersion: '2010-04-01',
  MYVAR: '<Hangup/> & "co"',
  'SipHeader_X-Tag': "it's",
  Twice: '{{From}}',
};

test.for<[string, string, string]>([
  ['a parameter', '<Say>{{From}}</Say>', '<Say>+15551234567</Say>'],
  ['blanks around its name', '<Say>{{ From }}</Say>', '<Say>+15551234567</Say>'],
  ['a name that bins spell otherwise', '{{APIVersion}}', '2010-04-01'],
  ['a header of a SIP call', '{{SipHeader_X-Tag}}', 'it&apos;s'],
  ['what would be markup', '<Say>{{MYVAR}}</Say>', '<Say>&lt;Hangup/&gt; &amp; &quot;co&quot;</Say>'],
  ['markup that is wanted', '<Response>{{{MYVAR}}}</Response>', '<Response><Hangup/> & "co"</Response>'],
  ['what was not said', '<Say>Hello{{ParentCallSid}}.</Say>', '<Say>Hello.</Say>'],
  ['a name that every object has', '{{constructor}}{{toString}}', ''],
  ['a value that looks like a placeholder', '{{Twice}}', '{{From}}'],
  ['what is no placeholder', '{From} {{}} {{a b}}', '{From} {{}} {{a b}}'],
])('a bin shows %s', ([, contents, rendered]) => {
  expect(renderBin(contents, request)).toBe(rendered);
});
