import type { Location } from '../../records/call.ts';

/** Where a number is at home (VoiceML 4.4). */
export interface NumberLocation {
  regionCode: string;
  administrativeArea: string | undefined;
  locality: string | undefined;
  coordinates: { latitude: number | undefined; longitude: number | undefined } | undefined;
}

export const spellLocation = ({ region, area, locality, latitude, longitude }: Location): NumberLocation => ({
  regionCode: region,
  administrativeArea: area,
  locality,
  coordinates:
    latitude === undefined || longitude === undefined
      ? undefined
      : { latitude: latitude || undefined, longitude: longitude || undefined },
});
