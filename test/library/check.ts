import { checkDocument } from '../../src/index.ts';

const document = '<Response><Say>Hello.</Say><Hangup/></Response>';
const { ok, problems } = checkDocument({ dialect: 'voiceml', body: document, url: 'https://app.example.com/voice' });
for (const { line, column, code, message } of problems) console.log(`${line}:${column} ${code} ${message}`);
console.log(ok);
