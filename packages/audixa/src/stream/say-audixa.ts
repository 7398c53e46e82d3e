import { speakPieces, type SpokenText, type VoiceSayOptions } from '@saystream/core';

import type { AudixaConnection } from '../audixa-connection.ts';
import { wireSettings, type AudixaRequest } from '../audixa-request.ts';
import { audixaSource } from './audixa-stream.ts';

/** Vendor docs, newest revision: never above 50,000; the plan may allow less. */
const maxCharacters = 50_000;
/** Audixa streams, so a text of about a minute is not heard sooner when it is cut. */
const wholeCharacters = 1_000;

/** The language of Audixa's codes of one letter. English, its default, is the language of `a` and `b`. */
const languages: Readonly<Record<string, string>> = { e: 'es', f: 'fr', h: 'hi', i: 'it', j: 'ja', p: 'pt', z: 'zh' };

const languageOf = ({ languageCode = 'a' }: AudixaRequest): string =>
  languages[languageCode] ?? (languageCode.length === 1 ? 'en' : languageCode);

/** Speaks a text in pieces, each over a socket of its own. */
export function sayAudixa(
  connection: AudixaConnection,
  request: AudixaRequest,
  { signal, language = languageOf(request), lookAheadMs }: VoiceSayOptions = {},
): SpokenText {
  const settings = wireSettings(request);
  const { relay, timeouts } = connection;
  return speakPieces(
    {
      vendor: 'audixa',
      text: request.text,
      textMs: timeouts.textMs,
      language,
      lookAheadMs,
      wholeCharacters,
      sizes: { firstCharacters: 100, bestCharacters: 1_000, maxCharacters },
      // A relay lets a user have two streams, and one of them may be another speech.
      atOnce: relay ? 1 : 2,
      askMostCharacters: relay?.mostCharacters,
      sourceOf: (text) => audixaSource(connection, text, settings),
    },
    signal,
  );
}
