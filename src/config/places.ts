import type { Location } from '../records/call.ts';

/** Where the numbers are at home that begin so, as it is written. */
export interface PlaceConfig {
  /** As CLDR writes it: AU. */
  regionCode?: string;
  administrativeArea?: string;
  locality?: string;
  latitude?: number;
  longitude?: number;
  /** In the words of whoever charges for the call. */
  zone?: string;
}

/** Where a number is at home: by its longest beginning that is known, and its country if that says none. */
export function homeOf(
  places: Readonly<Record<string, PlaceConfig>>,
  number: string,
  countryOf: (number: string) => string | undefined,
): { fromLocation?: Location; fromZone?: string } {
  let beginning = number;
  while (beginning !== '' && !Object.hasOwn(places, beginning)) beginning = beginning.slice(0, -1);
  const { regionCode, administrativeArea, locality, latitude, longitude, zone } = places[beginning] ?? {};
  const region = regionCode ?? countryOf(number);
  const fromLocation = region !== undefined && {
    region,
    ...(administrativeArea !== undefined && { area: administrativeArea }),
    ...(locality !== undefined && { locality }),
    ...(latitude !== undefined && { latitude }),
    ...(longitude !== undefined && { longitude }),
  };
  return { ...(fromLocation && { fromLocation }), ...(zone !== undefined && { fromZone: zone }) };
}
