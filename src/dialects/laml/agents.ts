/** What <Connect> can connect with at the vendors, and callflow cannot: agents, rooms, conversations. */
import { parameter } from './parameter.ts';
import { prompt, promptAttributes } from './prompt.ts';
import { notSupported, partOf } from './unsupported.ts';

const webHook = ['webHookAuthPass', 'webHookAuthUser', 'webHookURL'];

const languageOf = partOf('Language', 'A language of an agent.', {
  attributes: ['code', 'name', 'speechModel', 'transcriptionProvider', 'ttsProvider', 'voice'],
});

const swaig = partOf('SWAIG', 'What an agent can do.', {
  content: [
    partOf('Defaults', 'What holds for all functions.', { attributes: webHook, anything: true }),
    partOf('Function', 'A function of an agent.', {
      attributes: ['argument', 'name', 'purpose', ...webHook],
      anything: true,
    }),
  ],
});

const ai = notSupported('AI', 'An AI agent.', {
  attributes: ['engine', 'hints', 'postPromptAuthPassword', 'postPromptAuthUser', 'postPromptURL', 'voice'],
  content: [
    partOf('Languages', 'The languages of an agent.', { content: [languageOf] }),
    partOf('PostPrompt', 'What an agent is told at the end.', { attributes: promptAttributes, text: true }),
    prompt,
    swaig,
  ],
});

export const setting = partOf('Config', 'A setting.', { attributes: ['name', 'value'] });

const virtualAgent = notSupported('VirtualAgent', 'An agent of Dialogflow.', {
  attributes: ['connectorName', 'language', 'sentimentAnalysis', 'statusCallback', 'statusCallbackMethod'],
  content: [setting, parameter],
});

const conversation = notSupported('Conversation', 'A conversation of the other vendor.', {
  attributes: [
    ...['inboundAutocreation', 'inboundTimeout', 'method', 'record', 'recordingStatusCallback'],
    ...['recordingStatusCallbackEvent', 'recordingStatusCallbackMethod', 'routingAssignmentTimeout'],
    ...['serviceInstanceSid', 'statusCallback', 'statusCallbackEvent', 'statusCallbackMethod', 'trim', 'url'],
  ],
});

const conversationRelay = notSupported('ConversationRelay', 'A relay of the other vendor.', {
  attributes: [
    ...['backgroundnoisereduction', 'debug', 'deepgramsmartformat', 'dtmfDetection', 'elevenlabsTextNormalization'],
    ...['events', 'hints', 'ignorebackchannel', 'intelligenceService', 'interruptSensitivity', 'interruptible'],
    ...['language', 'partialPrompts', 'preemptible', 'profanityFilter', 'reportInputDuringAgentSpeech'],
    ...['speechModel', 'speechtimeout', 'transcriptionLanguage', 'transcriptionProvider', 'ttsLanguage'],
    ...['ttsProvider', 'url', 'voice', 'welcomeGreeting', 'welcomeGreetingInterruptible'],
  ],
  content: [languageOf, parameter],
});

export const agents = [
  ai,
  notSupported('AiSession', 'A session of the other vendor.', {
    attributes: ['aiConnector', 'aiSessionConfiguration'],
  }),
  notSupported('Autopilot', 'An assistant of the other vendor.', { text: true }),
  conversation,
  conversationRelay,
  notSupported('ConversationRelaySession', 'A session of the other vendor.', {
    attributes: ['connector', 'sessionConfiguration'],
  }),
  notSupported('Room', 'A video room.', { attributes: ['participantIdentity'], text: true }),
  virtualAgent,
] as const;
