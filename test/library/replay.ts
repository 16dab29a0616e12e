import { replay } from '../../src/index.ts';

const { transcript, calls } = await replay({
  url: 'https://app.example.com/voice',
  caller: [{ after: 1, press: '1' }],
  handler: {
    '/voice': '<Response><Input NextUri="/choice"/></Response>',
    '/choice': '<Response><Say>Thank you.</Say></Response>',
  },
});
console.log(transcript);
console.log(calls[0]?.state);
