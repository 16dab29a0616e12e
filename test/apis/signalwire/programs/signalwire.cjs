// A program as its author has it: nothing in it knows of callflow.
const { RestClient } = require('@signalwire/compatibility-api');

const client = new RestClient(process.env.ACCOUNT, process.env.TOKEN);

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
