import { accounts } from './accounts.ts';
import { applications } from './applications.ts';
import { availableNumbers } from './available-numbers.ts';
import { laMlBins } from './bins.ts';
import { calls } from './calls.ts';
import { conferenceStreams } from './conference-streams.ts';
import { conferences } from './conferences.ts';
import { forks } from './forks.ts';
import { members } from './members.ts';
import { messages } from './messages.ts';
import { newParticipant } from './new-participant.ts';
import { numbers } from './numbers.ts';
import { participants } from './participants.ts';
import { payments } from './payments.ts';
import { queues } from './queues.ts';
import { recordings } from './recordings.ts';
import type { Route } from './route.ts';
import { transcriptions } from './transcriptions.ts';

/** Every route that needs a token. */
export const routes: readonly Route[] = [
  ...calls,
  ...forks,
  ...payments,
  ...recordings,
  ...conferences,
  ...conferenceStreams,
  ...participants,
  newParticipant,
  ...queues,
  ...members,
  ...applications,
  ...numbers,
  ...availableNumbers,
  ...laMlBins,
  ...transcriptions,
  ...messages,
  ...accounts,
];
