import type { Foreign } from '../language.ts';

const notThere = 'LaML has nothing like it';

/** What those write who know VoiceML, BXML or SSML. */
export const foreign: Foreign = {
  elements: {
    answer: 'a call is answered by the first verb that needs it: leave it out',
    call: "LaML's is <Dial>, with a <Number> or a <Sip> in it for each party",
    endpoint: "LaML's are <Number> and <Sip>, in <Dial>",
    input: "LaML's is <Gather>",
    label: notThere,
    message: "LaML's is <Sms>",
    playaudio: "LaML's is <Play>",
    receivefax: notThere,
    recordcall: "LaML's is the attribute record of <Dial>, or <Recording> in <Start>",
    speak: 'SSML stands in <Say> without a <speak> around it',
    speaksentence: "LaML's is <Say>",
    transfer: "LaML's is <Dial>",
    wait: "LaML's is <Pause>",
  },
  attributes: {
    durationseconds: ['length'],
    loopcount: ['loop'],
    maxdigitcount: ['numDigits'],
    maxdurationseconds: ['maxLength', 'timeLimit'],
    nexturi: ['action'],
    postprocessing: ['trim'],
    recordingreadyuri: ['recordingStatusCallback'],
    ringaudiouri: ['ringTone'],
    stopkey: ['finishOnKey'],
    strategy: ['sequential'],
    timeoutseconds: ['timeout'],
    transcriptionreadyuri: ['transcribeCallback'],
    whisperaudiouri: ['url'],
  },
  notes: {},
};
