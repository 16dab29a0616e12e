import { apiVersion } from './parameters.ts';
import { accountSid, prefixed, sidOf } from './sids.ts';

/** The two letters with which sids of a kind begin where they have any (LaML 1). */
const letters = {
  account: 'AC',
  call: 'CA',
  conference: 'CF',
  queue: 'QU',
  recording: 'RE',
  message: 'SM',
  application: 'AP',
  number: 'PN',
  stream: 'MZ',
  transcription: 'TR',
  bin: 'LB',
  payment: 'PK',
  siprec: 'SR',
  liveTranscription: 'GT',
} as const;

export type SidKind = keyof typeof letters;

/**
 * How the sids of one answer are spelled: as whoever asks has spelled that of the account. An account with two letters
 * has calls with two letters, and links below the base of the vendor that writes them so.
 */
export class Spelling {
  readonly account: string;
  readonly #hasLetters: boolean;

  constructor(project: string, asked: string) {
    this.#hasLetters = asked.startsWith(letters.account);
    const sid = accountSid(project);
    this.account = this.#hasLetters ? prefixed(letters.account, sid) : sid;
  }

  /** The same, for another account. */
  of(project: string): Spelling {
    return new Spelling(project, this.account);
  }

  sid(kind: SidKind, id: string): string {
    return this.#hasLetters ? prefixed(letters[kind], sidOf(id)) : sidOf(id);
  }

  /** Relative to the server, below the account. */
  uri(path: string): string {
    return `${this.#hasLetters ? '' : '/api/laml'}/${apiVersion}/Accounts/${this.account}${path}`;
  }
}
