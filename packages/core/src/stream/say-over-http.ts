import type { RelayLink } from '../relay/relay-link.ts';
import type { VoiceSayOptions } from '../voice.ts';
import { httpSource, type HttpSpeech } from './http-speech.ts';
import { speakPieces } from './speak-pieces.ts';
import type { SpokenText } from './spoken-text.ts';

/** Such a vendor makes a text whole before it sends any of it, so a text of more characters is heard sooner when it is cut. */
const wholeCharacters = 300;

/** How a vendor takes a text in pieces over HTTP. */
export interface HttpPieces {
  /** One request; its text is the whole text. */
  readonly speech: HttpSpeech;
  /** BCP 47 tag of the vendor's usual language. */
  readonly language: string;
  /** The most characters of one request. */
  readonly maxCharacters: number;
  /** Requests under way at the same time. */
  readonly atOnce: number;
  /** The relay that the requests pass, which may let less text through. */
  readonly relay: RelayLink | undefined;
}

/** Speaks a text in pieces, each with a request of its own. @throws TypeError as `speakPieces` */
export const sayOverHttp = (
  { speech, language, maxCharacters, atOnce, relay }: HttpPieces,
  { signal, language: spoken = language, lookAheadMs }: VoiceSayOptions = {},
): SpokenText =>
  speakPieces(
    {
      ...speech,
      language: spoken,
      lookAheadMs,
      wholeCharacters,
      sizes: { firstCharacters: 100, bestCharacters: maxCharacters, maxCharacters },
      atOnce,
      askMostCharacters: relay?.mostCharacters,
      sourceOf: (text) => httpSource({ ...speech, text }),
    },
    signal,
  );
