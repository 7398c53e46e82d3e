import { readFileSync } from 'node:fs';

const field = (what, file, facts) => ({
  what,
  bytes: readFileSync(new URL(`./files/${file}`, import.meta.url)),
  channels: 1,
  verdict: 'whole',
  ...facts,
});
const mp3 = { mimeType: 'audio/mpeg', sampleRate: 44_100, samples: 176_400 };

/** Files met by users. They are kept as they are: the builder reads them and never writes them. */
export const fieldRecipes = Object.fromEntries(
  [
    ['a.mp3', 'one second of MP3', { ...mp3, sampleRate: 24_000, samples: 24_000 }],
    [
      'abc.mp3',
      'three MP3 files joined, each with its Info tag',
      { ...mp3, sampleRate: 24_000, samples: 76_800, ffmpegWhy: 'ffmpeg plays the later Info tags as frames' },
    ],
    [
      'l-corrupt.mp3',
      'the sound of one frame is damaged: only a decoder notices',
      { ...mp3, samples: 176_400 - 1_152, verdict: 'cut', cutAtMs: (59 * 1_152 - 1_105) / 44.1 },
    ],
    ['l-footer.mp3', 'an ID3v2 tag with a footer', mp3],
    ['l-lead0.mp3', '2,000 zero bytes before', { ...mp3, ffmpegWhy: 'ffmpeg misses the Info tag behind the zeros' }],
    ['l-xing-half.mp3', 'an Info tag that counts half of the frames', mp3],
    ['mp3-then-json.mp3', 'JSON behind the frames', { ...mp3, samples: 110_592, verdict: 'cut' }],
    ['mp3in.wav', 'MP3 in WAV', { mimeType: 'audio/wav', sampleRate: 24_000, samples: 25_344, reader: 'browser' }],
    ['ul.wav', 'mu-law', { mimeType: 'audio/wav', sampleRate: 8_000, samples: 8_000, reader: 'browser' }],
    ['ext-placeholder.wav', 'data length 2,000,000,000', { mimeType: 'audio/wav', sampleRate: 24_000, samples: 24_000 }],
    ['empty.wav', 'no samples', { mimeType: 'audio/wav', verdict: 'not-audio', sampleRate: undefined, channels: undefined }],
    [
      'id3-a.flac',
      'FLAC behind an ID3v2 tag',
      { mimeType: 'audio/flac', sampleRate: 44_100, samples: 176_400, reader: 'browser' },
    ],
    ['abc.opus', 'three Opus streams, chained', { mimeType: 'audio/ogg', sampleRate: 48_000, samples: 153_600 }],
    ['o-gain-12.opus', 'a gain of -12 dB', { mimeType: 'audio/ogg', sampleRate: 48_000, samples: 48_000, gainDb: -12 }],
    ['o-trail-tag.ogg', '128 bytes behind the last page', { mimeType: 'audio/ogg', sampleRate: 48_000, samples: 192_000 }],
  ].map(([file, what, facts]) => [file, field(what, file, facts)]),
);
