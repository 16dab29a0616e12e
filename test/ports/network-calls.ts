import type { Incoming, Target } from '../../src/telephony/network.ts';

export const incoming: Incoming = { to: '+15555550200', from: '+15555550300', transport: 'PSTN' };

export const target = (to: string, more: Partial<Target> = {}): Target => ({
  to,
  from: '+15555550200',
  transport: 'PSTN',
  ...more,
});
