import { plainKey } from '../scenario-key.ts';

/** What the page shows of one vendor. */
export interface VendorCard {
  readonly name: string;
  /** What a client connects to. */
  readonly addresses: readonly (readonly [name: string, url: string])[];
  /** How a client says its key. */
  readonly key: string;
  /** A command for a shell that can be pasted as it is. */
  readonly curl: string;
  /** What that command does. */
  readonly result: string;
}

/** As a shell wants it. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const lineEnd = ' \\\n  ';

const post = (url: string, key: string, body: object, ...more: readonly string[]): string =>
  [
    'curl -s',
    quoted(url),
    `-H ${quoted(key)}`,
    "-H 'content-type: application/json'",
    `-d ${quoted(JSON.stringify(body))}`,
    ...more,
  ].join(lineEnd);

/** The vendors at an origin. */
export function vendorCards(origin: string): readonly VendorCard[] {
  const keys = {
    audixa: `x-api-key: ${plainKey}`,
    sauti: `xi-api-key: ${plainKey}`,
    moknah: `authorization: Bearer ${plainKey}`,
  };
  const toWav = String.raw`| sed 's/.*"audio_base64":"\([^"]*\)".*/\1/' | base64 -d > sauti.wav`;
  const moknahBody = { text: 'Marhaba.', voice_id: 1, output_format: 'pcm_24000' };
  return [
    {
      name: 'Audixa',
      addresses: [
        ['Base URL', `${origin}/v3`],
        ['Stream', `${origin.replace('http', 'ws')}/v3/tts/stream?api_key=${plainKey}`],
      ],
      key: keys.audixa,
      curl: post(`${origin}/v3/tts`, keys.audixa, { text: 'Hello there.', voice_id: 'am_ethan' }),
      result: 'Prints a job. GET /v3/tts?generation_id=… says when its file is ready, and where.',
    },
    {
      name: 'SAUTI',
      addresses: [['Base URL', `${origin}/v1`]],
      key: keys.sauti,
      curl: post(`${origin}/v1/text-to-speech/sauti-swahili-v1`, keys.sauti, { text: 'Habari ya leo.' }, toWav),
      result: 'Takes the sound out of the JSON and writes sauti.wav.',
    },
    {
      name: 'Moknah',
      addresses: [['Base URL', `${origin}/api/v1`]],
      key: keys.moknah,
      curl: post(`${origin}/api/v1/tts/generate/`, keys.moknah, moknahBody, '-o moknah.pcm'),
      result: 'Writes moknah.pcm: samples of 16 bits at 24,000 Hz, without a header.',
    },
  ];
}
