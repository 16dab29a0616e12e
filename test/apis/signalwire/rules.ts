/** The documentation of the API that is made from its routes and from the cases that show its rules. */
import { routes } from '../../../src/apis/signalwire/routes.ts';
import { cases } from './cases/index.ts';

const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const code = (text: string) => `\`${text.replaceAll('`', "'")}\``;

const spelled = (path: string) =>
  path.replace('/Accounts/:account', '').replace(/:(\w+)/g, '{$1}') || '/Accounts/{account}';

export const routeTable = (): string =>
  [
    '| route | does | permission |',
    '| --- | --- | --- |',
    ...routes.map(
      ({ method, path, summary, permission }) =>
        `| ${code(`${method} ${path === '/Accounts' ? path : spelled(path)}`)} | ${escaped(summary)} | ${code(permission)} |`,
    ),
  ].join('\n');

/** A table for each route, in the order in which its first rule comes. */
export function ruleTables(): string {
  const groups = Map.groupBy(cases, ({ id }) => id.split(' ')[0]!);
  return [...groups]
    .map(([group, rules]) =>
      [
        `## ${group}`,
        '',
        '| rule | name |',
        '| --- | --- |',
        ...rules.map(({ id, says }) => `| ${escaped(says)} | ${code(escaped(id))} |`),
      ].join('\n'),
    )
    .join('\n\n');
}
