import type { Case } from '../case.ts';
import { access } from './access.ts';
import { ofAccounts } from './accounts.ts';
import { both } from './both.ts';
import { callLists } from './call-lists.ts';
import { callStates } from './call-states.ts';
import { callUpdates } from './call-updates.ts';
import { callbacks } from './callbacks.ts';
import { calls } from './calls.ts';
import { conferenceCallbacks } from './conference-callbacks.ts';
import { conferenceStreams } from './conference-streams.ts';
import { conferenceCases } from './conferences.ts';
import { kept } from './kept.ts';
import { messages } from './messages.ts';
import { newCallValues } from './new-call-values.ts';
import { newCalls } from './new-calls.ts';
import { numberCases } from './numbers.ts';
import { participantCases } from './participants.ts';
import { payments } from './payments.ts';
import { productCallbacks } from './product-callbacks.ts';
import { products } from './products.ts';
import { queueCases } from './queues.ts';
import { recordingLife } from './recording-life.ts';
import { recordingRequests } from './recording-requests.ts';
import { rooms } from './rooms.ts';
import { setup } from './setup.ts';

export const cases: readonly Case[] = [
  ...access,
  ...calls,
  ...newCallValues,
  ...newCalls,
  ...callStates,
  ...callUpdates,
  ...callLists,
  ...both,
  ...products,
  ...payments,
  ...recordingLife,
  ...recordingRequests,
  ...rooms,
  ...conferenceStreams,
  ...participantCases,
  ...conferenceCases,
  ...callbacks,
  ...productCallbacks,
  ...conferenceCallbacks,
  ...setup,
  ...kept,
  ...numberCases,
  ...queueCases,
  ...ofAccounts,
  ...messages,
];
