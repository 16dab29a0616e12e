import { expect, test } from 'vitest';
import { formatted } from '../../../src/vendors/signalwire/call-json.ts';

test.for([
  ['+13105678901', '(310) 567-8901'],
  ['+61491570156', '+61491570156'],
  ['sip:desk@pbx.example', 'sip:desk@pbx.example'],
  ['client:ann', 'client:ann'],
  ['anonymous', 'anonymous'],
] as const)('%s is shown as %s', ([address, shown]) => {
  expect(formatted(address)).toBe(shown);
});
