/** Before every test file: whatever a dialect gives is frozen, for calls share programs. Whoever changes one throws. */
import { dialects } from '../src/dialects/index.ts';

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}

for (const dialect of Object.values(dialects)) {
  if (Object.isFrozen(dialect)) continue;
  const { parse } = dialect;
  dialect.parse = (source) => frozen(parse(source));
  Object.freeze(dialect);
}
