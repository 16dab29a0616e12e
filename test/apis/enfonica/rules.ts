/** The documentation of the API that is made from its routes and from the cases that show its rules. */
import { routes } from '../../../src/apis/enfonica/routes.ts';
import { cases } from './cases/index.ts';

const everywhere = /^(\S+) (token|permission|other-project)$/;

const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const code = (text: string) => `\`${text.replaceAll('`', "'")}\``;

/** `/projects/:project` as the vendor's documentation writes it. */
const spelled = (path: string) =>
  path
    .replace(/:(\w+)(?:\([^)]*\))?/g, (whole, name: string, at: number) => (path[at - 1] === ':' ? whole : `{${name}}`))
    .replaceAll('::', ':');

export const routeTable = (): string =>
  [
    '| route | does | permission | answers |',
    '| --- | --- | --- | --- |',
    ...routes.map(
      ({ method, path, summary, permission, answers }) =>
        `| ${code(`${method} ${spelled(path)}`)} | ${summary} | ${permission ? code(permission) : '-'} | ${escaped(answers)} |`,
    ),
  ].join('\n');

/** A table for each route, in the order in which its first rule comes. */
export function ruleTables(): string {
  const groups = Map.groupBy(
    cases.filter(({ id }) => !everywhere.test(id)),
    ({ id }) => id.split(' ')[0]!,
  );
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
