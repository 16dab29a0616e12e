import type { Clock } from '../clock.ts';
import { rangeOf } from '../http/address.ts';
import type { HttpExchange, Transport } from '../http/transport.ts';
import { userAgent } from '../http/user-agent.ts';
import type { Connectors } from '../vendors/index.ts';
import { cardTypeOf } from '../verbs/cards.ts';
import { isWhole, mistakeIn, shownOf } from '../verbs/pay-rules.ts';
import type { PayStep } from '../verbs/pay-steps.ts';
import type { Collecting, Payer, PayOrder, Till, TillEvent, Tills } from '../verbs/till.ts';

type Charge = NonNullable<ReturnType<Connectors['read']>>;

export interface TillOptions {
  clock: Clock;
  /** To the connectors. Nothing of what goes there may be written down. */
  transport: Transport;
  connectorsOf(dialect: string): Connectors | undefined;
}

/** Instead of a digit. */
const masked = '•';

const timeoutMs = 10_000;
const maxBytes = 64 * 1024;

export const createTills = (options: TillOptions): Tills => ({
  open: (payer, hear) => new OpenTill(options, payer, hear),
});

type Heard = Extract<TillEvent, { type: 'till.charged' }>;

class OpenTill implements Till {
  readonly #options: TillOptions;
  readonly #payer: Payer;
  #hear: ((event: TillEvent) => void) | undefined;
  #what: Collecting | undefined;
  #digits = '';
  readonly #details: Partial<Record<PayStep, string>> = {};
  #card: string | undefined;
  #exchange: { abort(): void } | undefined;
  #timer: unknown;

  constructor(options: TillOptions, payer: Payer, hear: (event: TillEvent) => void) {
    this.#options = options;
    this.#payer = payer;
    this.#hear = hear;
  }

  collect(what: Collecting): void {
    this.#what = what;
    this.#digits = '';
  }

  press(digit: string): string {
    if (!/\d/.test(digit)) return digit;
    if (!this.#what || this.#digits.length >= 32) return masked;
    this.#digits += digit;
    if (isWhole(this.#what.step, this.#digits, this.#card)) this.check();
    return masked;
  }

  check(): void {
    const what = this.#what;
    if (!what) return;
    this.#what = undefined;
    const { step } = what;
    const error = mistakeIn(this.#digits, { what, card: this.#card, now: this.#options.clock.now() });
    if (error) this.#tell({ type: 'till.checked', step, error });
    else this.#take(step);
  }

  #take(step: PayStep): void {
    const digits = this.#digits;
    this.#details[step] = digits;
    const isNumber = step === 'payment-card-number';
    if (isNumber) this.#card = cardTypeOf(digits)?.name;
    const card = isNumber && this.#card !== undefined ? { card: this.#card } : {};
    this.#tell({ type: 'till.checked', step, shown: shownOf(step, digits), ...card });
  }

  charge(order: PayOrder): void {
    // It has been closed meanwhile.
    if (!this.#hear) return;
    const { transport, connectorsOf } = this.#options;
    const { call, payment = call, dialect } = this.#payer;
    const connectors = connectorsOf(dialect);
    if (!connectors || !mayBePosted(order.url)) {
      const reason = 'the connector has no https URL';
      this.#tell({ type: 'till.charged', failure: { code: 'PAYMENT_CONNECTOR', reason } });
      return;
    }
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': userAgent };
    const body = connectors.spell(order, this.#details, payment);
    const asked = { method: 'POST', url: order.url, headers, body, maxBytes, timeoutMs } as const;
    this.#exchange = transport.send(asked, (exchange) => {
      const details = { ...this.#details };
      this.#forget();
      this.#hear?.(answerIn(exchange, connectors, (text) => withoutDetails(text, details)));
    });
  }

  close(): void {
    this.#hear = undefined;
    this.#options.clock.clearTimeout(this.#timer);
    this.#exchange?.abort();
    this.#forget();
  }

  #forget(): void {
    this.#digits = '';
    for (const step of Object.keys(this.#details)) delete this.#details[step as PayStep];
  }

  #tell(event: TillEvent): void {
    this.#timer = this.#options.clock.setTimeout(() => this.#hear?.(event), 0);
  }
}

/** Whether a connector may be there: card numbers go over encrypted connections, or do not leave this machine. */
export function mayBePosted(written: string): boolean {
  const url = URL.parse(written);
  if (url?.protocol === 'https:') return true;
  if (url?.protocol !== 'http:') return false;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return host === 'localhost' || (/^[\d.]+$|:/.test(host) && rangeOf(host).range === 'loopback');
}

function answerIn(exchange: HttpExchange, connectors: Connectors, shown: (text: string) => string): Heard {
  const failed = (reason: string): Heard => ({
    type: 'till.charged',
    failure: { code: 'PAYMENT_CONNECTOR', reason },
  });
  if (!exchange.ok) return failed(`${exchange.code}: ${exchange.reason}`);
  const charge: Charge | undefined = connectors.read(shown(Buffer.from(exchange.body).toString()));
  if (charge) return { type: 'till.charged', ...charge };
  return failed(`it answered ${exchange.status}, and nothing that is understood`);
}

/** A connector may repeat what it was given. */
function withoutDetails(text: string, details: Readonly<Partial<Record<PayStep, string>>>): string {
  const numbers = [details['payment-card-number'], details['bank-account-number']];
  const spaced = numbers.flatMap((number) => (number === undefined ? [] : [[...number].join('[ .-]?')]));
  const code = details['security-code'];
  const secrets = [...spaced, ...(code === undefined ? [] : [`(?<!\\d)${code}(?!\\d)`])];
  return secrets.length === 0
    ? text
    : text.replace(new RegExp(secrets.join('|'), 'g'), (found) => 'x'.repeat(found.length));
}
