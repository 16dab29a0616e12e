/** Reads what a request says, by the rules of proto3's JSON (VoiceML 4.2): absent, empty and null are the same. */
import type { Static, TObject, TSchema } from '@sinclair/typebox';
import { isE164, sipUri } from '../../verbs/addresses.ts';
import { invalid, type Violation } from './refusal.ts';

/** The message, with nothing in it that is absent; throws a refusal that names every field that is wrong. */
export function read<S extends TObject>(schema: S, value: unknown, path: string): Static<S> {
  const reading = new Reading();
  const found = reading.message(schema, value ?? {}, path);
  if (reading.violations.length > 0) throw invalid(reading.violations);
  return found as Static<S>;
}

const toSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

class Reading {
  readonly violations: Violation[] = [];

  message({ properties, required = [] }: TObject, value: unknown, path: string): object | undefined {
    if (!isObject(value)) return this.#wrong(path, 'must be an object');
    const found: [string, unknown][] = [];
    for (const [name, schema] of Object.entries(properties)) {
      const at = path === '' ? name : `${path}.${name}`;
      const before = this.violations.length;
      const read = this.#field(schema, given(value, name), at);
      if (read !== undefined) found.push([name, read]);
      else if (required.includes(name) && this.violations.length === before) this.#wrong(at, 'is required');
    }
    return Object.fromEntries(found);
  }

  #field(schema: TSchema, value: unknown, path: string): unknown {
    if (value === undefined || value === null || value === '') return undefined;
    if (schema['x-numbers'] !== undefined) return this.#enumeration(schema, value, path);
    switch (schema.type) {
      case 'string':
        return this.#text(schema, value, path);
      case 'integer':
        return this.#integer(schema, value, path);
      case 'boolean':
        return value === true || value === 'true'
          ? true
          : this.#unless(value, [false, 'false'], path, 'must be a bool');
      case 'array':
        return this.#list(schema, value, path);
      default:
        return schema.patternProperties ? this.#map(value, path) : this.message(schema as TObject, value, path);
    }
  }

  #text(schema: TSchema, value: unknown, path: string): string | undefined {
    if (typeof value !== 'string') return this.#wrong(path, 'must be a string');
    const { maxLength, pattern } = schema;
    if (maxLength !== undefined && [...value].length > maxLength)
      return this.#wrong(path, `must have at most ${maxLength} characters`);
    const schemes = schema['x-schemes'] as readonly string[] | undefined;
    if ((pattern && !new RegExp(pattern).test(value)) || (schemes && !isUri(value, schemes)))
      return this.#wrong(path, schema['x-expected']);
    return value;
  }

  #integer({ minimum = -(2 ** 31), maximum = 2 ** 31 - 1 }: TSchema, value: unknown, path: string): number | undefined {
    const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number)) return this.#wrong(path, 'must be a whole number');
    if (number === 0) return undefined;
    return number < minimum || number > maximum ? this.#wrong(path, withinWords(minimum, maximum)) : number;
  }

  #enumeration(schema: TSchema, value: unknown, path: string): string | undefined {
    const numbers = schema['x-numbers'] as Readonly<Record<string, number>>;
    const named = Object.entries(numbers).find(([name, number]) => name === value || String(number) === String(value));
    if (!named || (typeof value !== 'string' && typeof value !== 'number'))
      return this.#wrong(path, schema['x-expected']);
    return named[1] === 0 ? undefined : named[0];
  }

  #list(schema: TSchema, value: unknown, path: string): unknown[] | undefined {
    if (!Array.isArray(value)) return this.#wrong(path, 'must be a list');
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
    if (value.length < minItems || value.length > maxItems)
      return this.#wrong(path, `must have ${minItems > 0 ? `${minItems} to` : 'at most'} ${maxItems} entries`);
    const found = value.map((each, index) => this.#entry(schema.items, each, `${path}[${index}]`));
    return found.length === 0 ? undefined : found;
  }

  /** An entry of a list is never absent. */
  #entry(schema: TSchema, value: unknown, path: string): unknown {
    const before = this.violations.length;
    const found = this.#field(schema, value, path);
    if (found === undefined && this.violations.length === before) this.#wrong(path, 'must not be empty');
    return found;
  }

  #map(value: unknown, path: string): object | undefined {
    if (!isObject(value)) return this.#wrong(path, 'must be an object');
    for (const [key, text] of Object.entries(value))
      if (typeof text !== 'string') this.#wrong(`${path}.${key}`, 'must be a string');
    return Object.keys(value).length === 0 ? undefined : Object.fromEntries(Object.entries(value));
  }

  #unless(value: unknown, fine: readonly unknown[], path: string, description: string): undefined {
    if (!fine.includes(value)) this.#wrong(path, description);
  }

  #wrong(field: string, description: string): undefined {
    this.violations.push({ field, description });
  }
}

/** Both spellings of a field's name are understood; the usual one counts. */
function given(value: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(value, name)) return value[name];
  const snake = toSnake(name);
  return Object.hasOwn(value, snake) ? value[snake] : undefined;
}

const withinWords = (minimum: number, maximum: number) =>
  maximum === 2 ** 31 - 1 ? `must be ${minimum} or more` : `must be from ${minimum} to ${maximum}`;

/** Absolute, of one of the schemes, and with somebody or something behind it. */
function isUri(value: string, schemes: readonly string[]): boolean {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(value)?.[1]?.toLowerCase();
  if (scheme === undefined || !schemes.includes(scheme)) return false;
  if (scheme === 'tel') return isE164(value.slice(4));
  if (scheme === 'sip' || scheme === 'sips') return sipUri(value) !== undefined;
  return /^https?:\/\/[^\s]+$/i.test(value) && URL.canParse(value);
}
