// A program as its author has it, but for the first line of it: where the API is.
const twilio = require('twilio');

const client = twilio(process.env.ACCOUNT, process.env.TOKEN);
client.api.baseUrl = process.env.BASE;

async function main() {
  const call = await client.calls.create({ to: process.env.TO, from: process.env.FROM, url: process.env.URL });
  const again = await client.calls(call.sid).fetch();
  const all = await client.calls.list({ limit: 3, pageSize: 1 });
  const refused = await client.calls.create({ to: 'nobody', from: process.env.FROM, url: process.env.URL }).catch((error) => error);
  const { status, code, message } = refused;
  console.log(JSON.stringify({ sid: call.sid, again: again.sid, all: all.map(({ sid }) => sid), refused: { status, code, message } }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
