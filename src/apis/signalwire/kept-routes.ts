/** Things that are only set up, kept as resources of the project: made, listed by name, shown, changed, deleted. */
import type { ResourceRecord } from '../../records/resource.ts';
import { idIn } from './lookup.ts';
import { listed, sieved } from './paging.ts';
import { notFound } from './refusal.ts';
import type { Asked, Route } from './route.ts';
import { routesOf, type Thing } from './routes-of.ts';

export interface Kept<Body extends object> extends Thing {
  kind: string;
  parameters: Readonly<Record<string, string>>;
  /** The parameter by which the list is sieved, and what it is compared with. */
  name: readonly [parameter: string, of: (body: Body) => string];
  /** Whether it is found by its id from outside, too. */
  isPublic?: true;
  /** What changing it means, if that is more than it says. */
  change?: string;
  make(asked: Asked): Body;
  /** What it is after a request. */
  changed(asked: Asked, before: Body): Body;
  show(asked: Asked, record: ResourceRecord & { body: Body }): object;
}

export function keptRoutes<Body extends object>(thing: Kept<Body>): Route[] {
  type Its = ResourceRecord & { body: Body };
  const { kind, parameters, name, show, one } = thing;
  const noun = one.replace(/^an? /, '');
  const existing = (asked: Asked): Its => {
    const record = asked.context.store.resource(kind, asked.project, idIn(asked, noun));
    if (!record) throw notFound(`the ${noun}`);
    return record as Its;
  };
  const keep = async (asked: Asked, decide: () => Its) => show(asked, (await asked.context.setup.keep(decide)) as Its);
  const { create, list, get, update, remove } = routesOf(thing);
  return [
    create({
      parameters,
      answer: (asked) => {
        const { context, project } = asked;
        const id = context.ids.next();
        const record = { kind, project, id, createTime: context.clock.now(), body: thing.make(asked) };
        return keep(asked, () => (thing.isPublic ? { ...record, name: id } : record));
      },
    }),
    list({
      parameters: { [name[0]]: 'Its name, exactly.' },
      answer: (asked) => {
        const { context, project, form } = asked;
        const wanted = form.text(name[0]);
        return listed<Its>(asked, {
          key: thing.key ?? thing.id,
          find: sieved<Its>(
            (piece) => context.store.findResources({ kind, project, ...piece }) as readonly Its[],
            ({ body }) => wanted === undefined || name[1](body) === wanted,
          ),
          show: (record) => show(asked, record),
        });
      },
    }),
    get({ answer: (asked) => show(asked, existing(asked)) }),
    update({
      ...(thing.change !== undefined && { summary: thing.change }),
      parameters,
      answer: (asked) =>
        keep(asked, () => {
          const record = existing(asked);
          return { ...record, body: thing.changed(asked, record.body) };
        }),
    }),
    remove({
      answer: async (asked) => {
        await asked.context.setup.change(() => ({
          changes: [{ type: 'resource', record: existing(asked), deleted: true }],
          answer: undefined,
        }));
      },
    }),
  ];
}
