/** What is shown of a journal to others: everything but what would let a reader act as somebody else. */

const hidden = '…';

const secretName = /authorization|signature|token|secret|password|api-?key/i;

/** A name and a password before the host of a URL or a SIP address. */
const credentials = /\b((?:https?|wss?):\/\/|sips?:)([^\s/@:"'<>]{0,128}):[^\s/@"'<>]{1,256}@/gi;

/** A link that opens a file to whoever has it. */
const signed = /([?&]signature=)[\w%.~+/=-]+/gi;

/** The same value without passwords, signatures, and the values of cookies. */
export function withoutSecrets<Value>(value: Value): Value {
  return cleaned(value, '') as Value;
}

function cleaned(value: unknown, key: string): unknown {
  if (typeof value === 'string') return value.replace(credentials, `$1$2:${hidden}@`).replace(signed, `$1${hidden}`);
  if (Array.isArray(value)) return value.map((one) => cleaned(one, ''));
  if (typeof value !== 'object' || value === null) return value;
  const isHeaders = key === 'requestHeaders' || key === 'responseHeaders' || key === 'sipHeaders';
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, isHeaders ? header(name, String(one)) : cleaned(one, name)]),
  );
}

function header(name: string, value: string): string {
  if (/^cookie$/i.test(name)) return value.replace(/=[^;]*/g, `=${hidden}`);
  if (/^set-cookie$/i.test(name)) return value.replace(cookieSet, `$1=${hidden}`);
  return secretName.test(name) ? hidden : String(cleaned(value, ''));
}

/** The name and value that begin each cookie; a comma in a date is followed by a day and not by a name with `=`. */
const cookieSet = /(?<=^|, )([^=;,\s]+)=[^;,]*/g;
