import { answeringVendors, longest, streamPhases, type Question } from './question.ts';

/** Longer addresses get lost in chats and mails. */
const longestHash = 16_000;

/** The question as the part of an address after `#`, which browsers send to no server; undefined when it is too long for one. */
export function questionToHash(question: Question): string | undefined {
  const filled = Object.entries(question).filter(([, value]) => value !== '' && value !== false);
  const hash = new URLSearchParams(filled as [string, string][]).toString();
  return hash.length <= longestHash ? hash : undefined;
}

/** The question that an address holds, whoever made that address; undefined when it holds none. */
export function questionFromHash(hash: string): Question | undefined {
  const given = new URLSearchParams(hash.replace(/^#/, '').slice(0, longestHash));
  const text = (name: keyof typeof longest): string => (given.get(name) ?? '').slice(0, longest[name]);
  const of = given.get('of');
  if (of === 'audixa-stream') {
    const phase = streamPhases.find((known) => known === given.get('phase')) ?? 'streaming';
    const wasClean = given.get('wasClean') === 'true';
    return { of, code: text('code'), reason: text('reason'), phase, wasClean, errorMessage: text('errorMessage') };
  }
  const vendor = answeringVendors.find((known) => known === of);
  if (!vendor) return undefined;
  return { of: vendor, status: text('status'), headers: text('headers'), body: text('body'), arrivedAt: text('arrivedAt') };
}
