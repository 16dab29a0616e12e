/** One route of the API as data: what it is called, what it needs, what it reads, and what it does. */
import type { TSchema } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Spelling } from '../../vendors/signalwire/spelling.ts';
import type { Principal } from '../service.ts';
import type { Context } from '../serving.ts';
import type { Form } from './form.ts';

export type { Context } from '../serving.ts';

export interface Asked {
  context: Context;
  /** The one that the path names: that of whoever asks, or one below it. */
  project: string;
  principal: Principal;
  /** How sids are spelled. */
  sids: Spelling;
  /** The sid that the path names, as it is written, without its extension. */
  sid(name: string): string;
  /** The path below the version, without extension, and the query. */
  path: string;
  /** The body of a POST, or else the query. */
  form: Form;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface Route {
  /** Stable: the tests and the documentation name their rules by it. */
  id: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the version of the API. */
  path: string;
  permission: string;
  summary: string;
  /** What it reads: the vendor's names, and what each is about. */
  parameters?: Readonly<Record<string, string>>;
  /** 200 unless given; 204 has no body. */
  status?: 201 | 204;
  /** What it answers, for the documentation; without `gives` it answers nothing, or refuses. */
  answers: string;
  gives?: TSchema;
  answer(asked: Asked): unknown;
}
