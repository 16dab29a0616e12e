import type { FastifyRequest } from 'fastify';
import { CallflowError } from '../../errors.ts';
import type { Principal, Service, Tenants } from '../service.ts';

/** Who may do what here: bearer tokens and permissions, as with the other APIs. */
export class Access {
  readonly #tenants: Tenants;
  readonly #principals = new WeakMap<FastifyRequest, Principal>();

  constructor(tenants: Tenants) {
    this.#tenants = tenants;
  }

  /** Before anything of a request is read. */
  authenticate = async (request: FastifyRequest): Promise<void> => {
    const token = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    const principal = token === undefined ? undefined : this.#tenants.authenticate(token);
    if (!principal)
      throw new CallflowError('TOKEN_NOT_VALID', 'expected Authorization: Bearer and a token that is known');
    this.#principals.set(request, principal);
  };

  /** The project for which the request is made, when it may do this. */
  projectOf(request: FastifyRequest, permission: Permission): string {
    const principal = this.#principals.get(request);
    if (!principal?.may(permission)) throw new CallflowError('PERMISSION_MISSING', `this needs ${permission}`);
    return principal.project;
  }
}

/** Of the project, or of one below it, which may have no token of its own. */
export const isFor = (
  { subprojects }: Pick<Service, 'subprojects'>,
  project: string,
  one: { project: string } | undefined,
): boolean => one !== undefined && (one.project === project || subprojects.get(one.project)?.parent === project);

export type Permission = 'voice.calls.create' | 'voice.calls.get' | 'voice.calls.list' | 'voice.calls.delete';
