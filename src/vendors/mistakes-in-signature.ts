import type { Mistake } from './mistake.ts';

/** A signature of so many bytes as it must be spelled, and what is wrong with how it is. */
export function readSignature(written: string, bytes = 32): { signature: string; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const corrected = (before: string, after: string, mistake: Mistake) => {
    if (before !== after) mistakes.push(mistake);
    return after;
  };
  const bare = corrected(written, written.replace(/^\s*x-[a-z]+-signature\s*:\s*/i, ''), {
    id: 'signature.name',
    when: 'the signature is only the value of the header',
    about: 'The name of the header was copied with it.',
  });
  const trimmed = corrected(bare, bare.replace(/[\s"']/g, ''), {
    id: 'signature.whiteSpace',
    when: 'the signature has no white space or quotes',
    about: 'Trim the value of the header.',
  });
  const standard = corrected(trimmed, trimmed.replaceAll('-', '+').replaceAll('_', '/'), {
    id: 'signature.urlSafe',
    when: 'the signature is in standard base64',
    about: 'It is in URL-safe base64, with - and _: use the standard alphabet with + and /.',
  });
  if (standard.length === 2 * bytes && /^[0-9a-f]*$/i.test(standard))
    return { signature: fromHex(standard), mistakes: [...mistakes, hexadecimal] };
  const signature = corrected(standard, standard.replace(/=*$/, padding(standard)), {
    id: 'signature.padding',
    when: 'the signature ends with =',
    about: `Base64 is padded: a signature has ${Math.ceil(bytes / 3) * 4} characters.`,
  });
  return { signature, mistakes };
}

const hexadecimal: Mistake = {
  id: 'signature.hex',
  when: 'the signature is in base64',
  about: 'It is in hexadecimal.',
};

const fromHex = (text: string) => Buffer.from(text, 'hex').toString('base64');

const padding = (text: string) => '='.repeat((4 - (text.replace(/=*$/, '').length % 4)) % 4);
