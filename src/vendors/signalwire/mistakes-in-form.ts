import { type Variation, variation } from '../mistake.ts';

/** Names with their values, in the order in which they are hashed. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** The parameters of a form as they must be hashed: decoded, in the order of the code units of their names. */
export const pairsOf = (form: string): Pairs =>
  [...new URLSearchParams(form.trim())].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));

/** What may have been hashed instead of the parameters. */
export function formMistakes(form: string, query: string): Variation<Pairs>[] {
  const right = pairsOf(form);
  const given = [...new URLSearchParams(form.trim())];
  const inQuery = pairsOf(query.replace(/^\?/, ''));
  const raw = form.trim().split('&').filter(Boolean).map(split);
  const all = [
    variation('form.missing', 'there are no parameters', emptyAbout, []),
    variation(
      'form.withQuery',
      'the parameters of the query stand among those of the body',
      queryAbout,
      inOrder([...right, ...inQuery]),
    ),
    variation('form.onlyQuery', 'the parameters are those of the query', queryAbout, inQuery),
    variation(
      'form.notDecoded',
      'the values are not decoded',
      'Hash what the parameters say, not how the body spells them.',
      inOrder(raw),
    ),
    variation(
      'form.plus',
      'a plus stands where a space was',
      'In a form a plus is a space, and %2B is a plus.',
      inOrder(raw.map(plussed)),
    ),
    variation(
      'form.plusLost',
      'a plus has become a space',
      plusLost,
      right.map(([name, value]) => [name, value.replaceAll('+', ' ')] as const),
    ),
    variation(
      'form.trimmed',
      'the values have no white space around them',
      'Some frameworks trim values: take them as they came.',
      right.map(([name, value]) => [name, value.trim()] as const),
    ),
    variation(
      'form.emptyLost',
      'the parameters without a value are left out',
      'A parameter counts although its value is empty.',
      right.filter(([, value]) => value !== ''),
    ),
    variation('form.order', 'the parameters are in the order in which they came', orderAbout, given),
    variation(
      'form.orderOfWords',
      'capitals do not count in the order of the names',
      orderAbout,
      [...right].sort(([one], [other]) => one.toLowerCase().localeCompare(other.toLowerCase())),
    ),
  ];
  const text = JSON.stringify(right);
  return all.filter(({ value }) => JSON.stringify(value) !== text);
}

const emptyAbout =
  'The parameters of a POST are hashed behind the URL; a GET has them in its query and nowhere else. Has something read the body before?';
const queryAbout = 'Only the parameters of the body stand behind the URL: the query is in the URL already.';
const orderAbout = 'The names are in the order of their code units: capitals before small letters.';
const plusLost = 'A number such as +61255501234 was decoded twice.';

const inOrder = (pairs: Pairs): Pairs => [...pairs].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));

function split(part: string): readonly [string, string] {
  const at = part.indexOf('=');
  return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}

/** Decoded by somebody who does not know what a plus is in a form. */
function plussed([name, value]: readonly [string, string]): readonly [string, string] {
  try {
    return [decodeURIComponent(name), decodeURIComponent(value)];
  } catch {
    return [name, value];
  }
}
