import { expect, test } from 'vitest';
import { countryOf } from '../../src/apis/enfonica/numbering-plan.ts';
import { homeOf } from '../../src/config/places.ts';

const places = {
  '+61': { zone: 'AU' },
  '+612': { administrativeArea: 'NSW', locality: 'Sydney', latitude: -33.87, longitude: 151.21, zone: 'AU-EAST' },
  '+1212': { regionCode: 'US', administrativeArea: 'NY' },
  '+64': { regionCode: 'NZ' },
};

test.for([
  [
    '+61255501234',
    {
      fromLocation: { region: 'AU', area: 'NSW', locality: 'Sydney', latitude: -33.87, longitude: 151.21 },
      fromZone: 'AU-EAST',
    },
  ],
  ['+61491570156', { fromLocation: { region: 'AU' }, fromZone: 'AU' }],
  ['+442079460000', { fromLocation: { region: 'GB' } }],
  ['+12125550100', { fromLocation: { region: 'US', area: 'NY' } }],
  ['+6421000000', { fromLocation: { region: 'NZ' } }],
  ['+15555550100', {}],
  ['constructor', {}],
  ['', {}],
] as const)('%s is at home at %o', ([number, home]) => {
  expect(homeOf(places, number, countryOf)).toEqual(home);
});
