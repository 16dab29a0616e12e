import { styleText } from 'node:util';
import { numberId } from '../apis/signalwire/index.ts';
import { madeNumbers, type Project } from '../config/settings.ts';
import type { Server } from '../server.ts';
import { accountSid, prefixed, sidOf } from '../vendors/signalwire/sids.ts';

/** What whoever starts a server by program needs to know of it. */
export function forJson(server: Server, data: string) {
  const [project] = server.settings().projects;
  return {
    url: server.url,
    apis: {
      enfonica: { url: server.url, ...(project && { project: project.id, ...credentialsOf(server, project) }) },
      signalwire: {
        url: `${server.url}/api/laml/2010-04-01`,
        ...(project && { ...accountOf(project), ...credentialsOf(server, project) }),
      },
    },
    ...(server.tls && { tls: server.tls }),
    simulator: { url: `${server.url}/simulator` },
    data,
  };
}

/** Of the first project; what the configuration says itself is not repeated to the world. */
function credentialsOf(server: Server, { id, tokens, signingKeys, made }: Project) {
  return {
    ...(made.token && { token: tokens[0]?.token }),
    ...(made.signingKey && { signingKey: Buffer.from(signingKeys[0] ?? []).toString('base64') }),
    numbers: server.numbers(id),
  };
}

/** As which the first project is known in the API of SignalWire, in both spellings. */
function accountOf({ id }: Project) {
  const account = accountSid(id);
  return { account, accountSid: prefixed('AC', account) };
}

/** What a person wants to see, and can copy. */
export function forPeople(server: Server, data: string, config: string | undefined): string {
  const { url } = server;
  const { projects, allow, isMade } = server.settings();
  const lines = [
    `callflow is ready at ${style('bold', url)}`,
    ...(server.tls ? secure(server.tls) : []),
    ...line('configuration', config ?? 'none'),
    ...line('data', data),
    ...projects.flatMap((project) => linesOf(server, project)),
    ...line('handlers', `may be at public addresses${allow.length > 0 ? ` and at ${allow.join(', ')}` : ' only'}`),
    ...(isMade && allow.includes('loopback')
      ? line('', 'loopback is this machine: a configuration allows it only if it says so (docs/url-guard.md)')
      : []),
    ...line('reference', `${url}/openapi/enfonica, ${url}/openapi/signalwire and ${url}/openapi/simulator`),
    ...(isMade ? first(url, projects[0]!) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** A certificate that was made here is known to nobody else: a client of SignalWire is told of it. */
function secure({ url, certificate }: NonNullable<Server['tls']>): string[] {
  if (certificate === undefined) return line('with TLS', url);
  const environment = `SIGNALWIRE_SPACE_URL=${new URL(url).host} NODE_EXTRA_CA_CERTS=${certificate}`;
  return [
    ...line('with TLS', `${url}, certificate ${certificate}`),
    ...line('', `for a client of SignalWire: ${environment}`),
  ];
}

function linesOf(server: Server, { id, parent, tokens, signingKeys, made }: Project): string[] {
  const numbers = server.numbers(id).join(', ');
  const [token] = tokens;
  const [key] = signingKeys;
  return [
    ...line('project', parent === undefined ? id : `${id}, a subproject of ${parent}`),
    ...line('account', `${accountSid(id)} or ${prefixed('AC', accountSid(id))}, for programs of SignalWire and Twilio`),
    ...(made.token ? line('access token', token?.token ?? '') : []),
    ...(made.signingKey && key ? line('signing key', Buffer.from(key).toString('base64')) : []),
    ...(numbers === '' ? [] : line('numbers', numbers)),
  ];
}

function first(url: string, { id, tokens }: Project): string[] {
  const [number, other] = madeNumbers;
  const account = accountSid(id);
  const laml = `${url}/api/laml/2010-04-01/Accounts/${account}`;
  const headers = `-H 'authorization: Bearer ${tokens[0]?.token}' -H 'content-type: application/json'`;
  const call = { to: '+15555550100', from: number, options: { handlerUris: ['http://127.0.0.1:3000/'] } };
  const body = { incomingCallHandlerUris: ['http://127.0.0.1:3000/'] };
  const place = `${url}/v1beta1/projects/${id}`;
  return [
    '',
    'Call out, with an application at http://127.0.0.1:3000/ (npx node examples/menu/app.ts is one):',
    `  curl ${place}/calls ${headers} -d '${JSON.stringify(call)}'`,
    'What happens on a call, by the end of the name in the answer:',
    `  curl '${url}/simulator/calls/CALL/transcript?wait=60' -H 'authorization: Bearer ${tokens[0]?.token}'`,
    '',
    'The numbers run nothing until they are told what, here or in a configuration (docs/configuration.md). VoiceML:',
    `  curl -X PATCH '${place}/phoneNumberInstances/${number.slice(1)}?updateMask=incomingCallHandlerUris' ${headers} -d '${JSON.stringify(body)}'`,
    'LaML:',
    `  curl '${laml}/IncomingPhoneNumbers/${sidOf(numberId(other))}' -u ${account}:${tokens[0]?.token} -d VoiceUrl=http://127.0.0.1:3000/`,
  ];
}

const line = (name: string, value: string) => [`  ${style('dim', name.padEnd(14))}${value}`];

/** Plain text unless somebody looks at it. */
const style = (format: Parameters<typeof styleText>[0], text: string) =>
  styleText(format, text, { stream: process.stdout });
