import { type Api, accounts, app } from '../api.ts';
import { refuses } from '../case.ts';

export const made = 'Thu, 01 Jan 2026 09:00:00 +0000';
export const later = 'Thu, 01 Jan 2026 09:00:05 +0000';

export const about = { account_sid: accounts.uuid, api_version: '2010-04-01' };

export const everyUrl = {
  VoiceUrl: `${app}/1`,
  VoiceMethod: 'GET',
  VoiceFallbackUrl: `${app}/2`,
  VoiceFallbackMethod: 'GET',
  StatusCallback: `${app}/3`,
  StatusCallbackMethod: 'GET',
  SmsUrl: `${app}/4`,
  SmsMethod: 'GET',
  SmsFallbackUrl: `${app}/5`,
  SmsFallbackMethod: 'GET',
};

const snake = (name: string) => name.replace(/[A-Z]/g, (letter, at) => `${at > 0 ? '_' : ''}${letter.toLowerCase()}`);
export const shown = (form: Record<string, string>) =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [snake(name), value]));

export const namesOf = (list: unknown, key: string) => (list as Record<string, string>[]).map((one) => one[key]);

/** Walks a list by its links, two at a time. */
export async function walked(api: Api, path: string, list: string, key: string): Promise<unknown[]> {
  const pages: unknown[] = [];
  for (let next: string | null = `${api.base}${path}?PageSize=2`; next !== null; ) {
    const { body } = await api.ask('GET', next.startsWith('http') ? next : api.url + next);
    const page = body as Record<string, string | null>;
    pages.push(namesOf(page[list], key));
    next = page.next_page_uri ?? null;
  }
  return pages;
}

export const bad = (code: number, status = 400) => ({ status, code });

const url = 'ftp://app.example';

/** What refuses a wrong value of a setting. */
export const settings = (id: string, path: string, form: Record<string, string>, parameters: Record<string, number>) =>
  Object.entries(parameters).map(([name, code]) =>
    refuses(
      `${id}.create ${name}`,
      `refuses a wrong ${name}`,
      ['POST', path, { form: { ...form, [name]: name.endsWith('Method') ? 'PUT' : url } }],
      bad(code),
    ),
  );

export const urlCodes = Object.fromEntries(
  Object.keys(everyUrl).map((name) => [name, name.endsWith('Method') ? 21209 : 21402]),
);
