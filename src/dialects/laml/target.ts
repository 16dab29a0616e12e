/** What the nouns of <Dial> that call somebody share. */
import type { DialTarget } from '../../verbs/dial.ts';
import type { MachineDetection, Place, StateCallback, StateEvent } from '../../verbs/verb.ts';
import { integer, oneOf } from '../kinds.ts';
import { address, asked, method, words } from './values.ts';

/** Somebody to be called; a problem that is known already is told with the others. */
export interface TargetNoun {
  noun: 'number' | 'sip' | 'client' | 'verto';
  target: DialTarget;
  at: Place;
}

/** Before the address of whoever is called by Verto: of others the end is told with fewer words. */
export const vertoScheme = 'verto:';

const stateEvents = ['initiated', 'ringing', 'answered', 'completed'] as const satisfies StateEvent[];

export const targetAttributes = {
  url: address('Asked for what the called party hears before the two are joined; hanging up there declines the call.'),
  method: method('How url is asked.'),
  statusCallback: address('Who hears of the states of the call to this party.'),
  statusCallbackMethod: method('How statusCallback is asked.'),
  statusCallbackEvent: words(stateEvents, { about: 'Of which states.', default: ['completed'] }),
};

export const detectionAttributes = {
  machineDetection: oneOf(['Enable', 'DetectMessageEnd'], {
    about: 'Whether it is found out if a machine has answered; DetectMessageEnd waits for the end of its greeting.',
  }),
  machineDetectionTimeout: integer({ about: 'For how many seconds at most.', min: 3, max: 120, default: 30 }),
  machineDetectionSpeechThreshold: integer({
    about: "Milliseconds; longer speech is a machine's.",
    min: 1000,
    max: 6000,
    default: 2400,
  }),
  machineDetectionSpeechEndThreshold: integer({
    about: "Milliseconds of silence after shorter speech that make it a person's.",
    min: 500,
    max: 5000,
    default: 1200,
  }),
  machineDetectionSilenceTimeout: integer({
    about: 'Milliseconds of silence at the beginning after which nothing is known.',
    min: 2000,
    max: 10_000,
    default: 5000,
  }),
  amdStatusCallback: address('Who hears what was found out.'),
  amdStatusCallbackMethod: method('How amdStatusCallback is asked.'),
};

interface TargetValues {
  url?: string;
  method: 'GET' | 'POST';
  statusCallback?: string;
  statusCallbackMethod: 'GET' | 'POST';
  statusCallbackEvent?: readonly StateEvent[];
}

export function targetMeaning(attributes: TargetValues): Pick<DialTarget, 'consult' | 'stateCallback'> {
  const { url, statusCallback, statusCallbackMethod, statusCallbackEvent = [] } = attributes;
  const consult = asked(url, attributes.method);
  const callback = asked(statusCallback, statusCallbackMethod);
  const stateCallback: StateCallback | undefined = callback && { ...callback, events: statusCallbackEvent };
  return { ...(consult && { consult }), ...(stateCallback && { stateCallback }) };
}

interface DetectionValues {
  machineDetection?: 'Enable' | 'DetectMessageEnd';
  machineDetectionTimeout: number;
  machineDetectionSpeechThreshold: number;
  machineDetectionSpeechEndThreshold: number;
  machineDetectionSilenceTimeout: number;
  amdStatusCallback?: string;
  amdStatusCallbackMethod: 'GET' | 'POST';
}

export function detectionMeaning(attributes: DetectionValues): Pick<DialTarget, 'machineDetection'> {
  const { machineDetection, amdStatusCallback, amdStatusCallbackMethod } = attributes;
  if (machineDetection === undefined) return {};
  const callback = asked(amdStatusCallback, amdStatusCallbackMethod);
  const detection: MachineDetection = {
    until: machineDetection === 'Enable' ? 'answer' : 'greeting',
    when: 'beside',
    timeoutMs: attributes.machineDetectionTimeout * 1000,
    speechMs: attributes.machineDetectionSpeechThreshold,
    speechEndMs: attributes.machineDetectionSpeechEndThreshold,
    silenceMs: attributes.machineDetectionSilenceTimeout,
    ...(callback && { callback }),
  };
  return { machineDetection: detection };
}
