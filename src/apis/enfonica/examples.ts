/** Examples for the documentation; the tests hold them against what they are examples of. */

export const newCallExample = {
  to: '+61491570156',
  from: '+61255501234',
  labels: { order: '4711' },
  options: {
    handlerUris: ['https://app.example.com/voice'],
    stateUpdateUri: 'https://app.example.com/state',
    timeoutSeconds: 45,
  },
};

const call = 'projects/demo/calls/0193a2f0-7c00-7abc-8def-0123456789ab';

export const callExample = {
  name: call,
  ...newCallExample,
  transport: 'PSTN',
  direction: 'OUTGOING',
  state: 'COMPLETED',
  createTime: '2026-01-01T09:00:00Z',
  startTime: '2026-01-01T09:00:00.120Z',
  ringTime: '2026-01-01T09:00:01Z',
  answerTime: '2026-01-01T09:00:05Z',
  endTime: '2026-01-01T09:00:47.500Z',
  createMethod: 'API',
  answerDuration: '42.500s',
};

export const recordingExample = {
  name: `${call}/recordings/0193a2f0-9d00-7abc-8def-0123456789ab`,
  state: 'SUCCEEDED',
  source: 'RECORD_ACTION',
  duration: '4.250s',
  channelCount: 1,
  audio: [{ mimeType: 'audio/x-wav', encoding: 'AUDIO_ENCODING_PCM_16BIT', sampleRate: 8000, sizeBytes: 68_044 }],
  startTime: '2026-01-01T09:00:10Z',
  createTime: '2026-01-01T09:00:10Z',
};

export const newNumberExample = {
  phoneNumber: { phoneNumber: '+61255501234' },
  displayName: 'Front desk',
  incomingCallHandlerUris: ['https://app.example.com/voice'],
};

export const numberExample = {
  name: 'projects/demo/phoneNumberInstances/61255501234',
  ...newNumberExample,
  phoneNumber: { name: 'phoneNumbers/61255501234', phoneNumber: '+61255501234', capabilities: ['VOICE'] },
  createTime: '2026-01-01T09:00:00Z',
  activateTime: '2026-01-01T09:00:00Z',
  lifecycleState: 'ACTIVE',
  compliant: true,
};

export const sipDomainExample = {
  displayName: 'Front desk',
  callTerminationMode: 'PROGRAMMABLE',
  callTerminationHandlerUris: ['https://app.example.com/desk'],
  cidrBlocks: [{ displayName: 'Office', cidrBlock: '192.0.2.0/24' }],
};

export const refusalExample = {
  error: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: 'call.to must be a phone number in +E164 format, such as +61255501234',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: [
          { field: 'call.to', description: 'must be a phone number in +E164 format, such as +61255501234' },
        ],
      },
    ],
  },
};
