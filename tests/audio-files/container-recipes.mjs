import { ffmpeg, flac, opus, vorbis } from './encoders.mjs';
import { editPages, id3, noise, oggPages, tone } from './sound.mjs';

const rate = 24_000;
const signal = tone(7_200, rate);
const lower = tone(4_800, rate, 200, 250);
const fact = (mimeType, sampleRate, samples, more = {}) => ({
  mimeType,
  sampleRate,
  channels: 1,
  samples,
  verdict: 'whole',
  ...more,
});
const row = (what, bytes, facts) => ({ what, bytes, ...facts });
/** Opus always counts at 48,000 Hz: 0.3 s are 14,400 samples. */
const ogg = (more) => fact('audio/ogg', 48_000, 14_400, more);

const base = opus(signal, rate, 1);
const pages = oggPages(base);
const second = opus(lower, rate, 2);
const paged = opus(signal, rate, 1, ['--bitrate', '16', '--max-delay', '80']);
const pagedPages = oggPages(paged);
/** Adds to the position of each page that has one. */
const later = (bytes, granules) =>
  editPages(bytes, (page, index) => {
    if (index >= 2) page.writeBigInt64LE(page.readBigInt64LE(6) + BigInt(granules), 6);
  });
/** RFC 7845 §5.1: Q7.8 in decibels, at byte 16 of the identification header. */
const withGain = (bytes, db) =>
  editPages(bytes, (page, index) => {
    if (index === 0) page.writeInt16LE(db * 256, 28 + 16);
  });
const withoutEnd = (bytes) => editPages(bytes, (page) => (page[5] &= ~4));
const preSkip = base.readUInt16LE(28 + 10);
/** What decodes of whole pages: the position of the last one less the pre-skip. */
const kept = (list) => Number(list.at(-1).readBigInt64LE(6)) - preSkip;
const join = (...parts) => Buffer.concat(parts);

const song = vorbis(signal, rate, 3);
const songOnePage = vorbis(tone(24_000, rate), rate, 3);
const songOfPages = vorbis(noise(36_000), rate, 3);
const song2 = vorbis(lower, rate, 4);
const tune = flac(signal, rate);
const aac = ffmpeg(signal, rate, 'aac', ['-c:a', 'aac', '-b:a', '24k']);
const m4a = ffmpeg(signal, rate, 'm4a', ['-c:a', 'aac', '-b:a', '24k']);
const untrimmed = { ffmpegWhy: 'this ffmpeg does not trim the end of the last packet' };
const browser = { reader: 'browser' };

/** Ogg, FLAC, ADTS, MP4, WebM, and files that hold no sound. */
export const containerRecipes = {
  'opus-mono.opus': row('Opus', base, ogg()),
  'opus-stereo.opus': row('Opus, two channels', opus(signal, rate, 1, ['--bitrate', '24'], 2), ogg({ channels: 2 })),
  'opus-60ms.opus': row('Opus, packets of 60 ms', opus(signal, rate, 1, ['--bitrate', '12', '--framesize', '60']), ogg()),
  'opus-2.5ms.opus': row('Opus, packets of 2.5 ms', opus(signal, rate, 1, ['--bitrate', '32', '--framesize', '2.5']), ogg()),
  'opus-by-lavc.opus': row('Opus in pages of ffmpeg', ffmpeg(signal, rate, 'opus', ['-c:a', 'libopus', '-b:a', '16k']), ogg()),
  'opus-gain-minus-6.opus': row('a gain of -6 dB', withGain(base, -6), ogg({ gainDb: -6 })),
  'opus-gain-plus-3.opus': row('a gain of +3 dB', withGain(base, 3), ogg({ gainDb: 3 })),
  'opus-live.opus': row(
    'one page, whose position begins at an hour: the end cannot be trimmed',
    later(base, 172_800_000),
    ogg({ samples: 15_048 }),
  ),
  'opus-live-paged.opus': row('a position that begins at an hour, pages of 80 ms', later(paged, 172_800_000), ogg()),
  'opus-chained.opus': row('two streams, one after the other', join(base, second), ogg({ samples: 24_000 })),
  'opus-chained-same-serial.opus': row(
    'two streams with the same serial number',
    join(base, opus(lower, rate, 1)),
    ogg({ samples: 24_000, ffmpegWhy: 'ffmpeg misses the second pre-skip' }),
  ),
  'opus-chained-gains.opus': row(
    'two streams of which the second has a gain of -6 dB',
    join(base, withGain(second, -6)),
    ogg({ samples: 24_000 }),
  ),
  'opus-trailing-bytes.opus': row('100 bytes behind the last page', join(base, Buffer.alloc(100, 'TAG')), ogg()),
  'opus-trailing-zeros.opus': row('zeros behind the last page', join(base, Buffer.alloc(300)), ogg()),
  'opus-json-behind.opus': row(
    'JSON behind a page that is not the last',
    join(...pagedPages.slice(0, -1), Buffer.from('{"error":"timed out"}')),
    ogg({
      samples: kept(pagedPages.slice(0, -1)),
      verdict: 'cut',
    }),
  ),
  'opus-cut-in-page.opus': row(
    'cut in a page',
    join(...pagedPages.slice(0, 4), pagedPages[4].subarray(0, 60)),
    ogg({
      samples: kept(pagedPages.slice(0, 4)),
      verdict: 'cut',
      ffmpegWhy: 'whole packets of the half page may be played',
    }),
  ),
  'opus-cut-between-pages.opus': row(
    'cut between two pages',
    join(...pagedPages.slice(0, 4)),
    ogg({ samples: kept(pagedPages.slice(0, 4)), verdict: 'cut' }),
  ),
  'opus-lost-page.opus': row(
    'a page in the middle is missing',
    join(...pagedPages.slice(0, 3), ...pagedPages.slice(4)),
    ogg({
      samples: 14_400 - (kept(pagedPages.slice(0, 4)) - kept(pagedPages.slice(0, 3))),
      cutAtMs: kept(pagedPages.slice(0, 3)) / 48,
      verdict: 'cut',
      ffmpegWhy: 'ffmpeg does not trim the end of a stream with a hole',
    }),
  ),
  'opus-without-end.opus': row('no page says that it is the last', withoutEnd(base), ogg({ samples: 15_048, verdict: 'cut' })),
  'opus-headers-alone.opus': row('the two headers and no sound', join(...pages.slice(0, 2)), {
    mimeType: 'audio/ogg',
    verdict: 'cut',
    samples: 0,
  }),
  'vorbis-mono.ogg': row('Vorbis', song, fact('audio/ogg', rate, 7_200, untrimmed)),
  'vorbis-stereo.ogg': row(
    'Vorbis, two channels',
    vorbis(signal, rate, 3, 2),
    fact('audio/ogg', rate, 7_200, { ...untrimmed, channels: 2 }),
  ),
  'vorbis-live.ogg': row(
    'one page of Vorbis, whose position begins at an hour: the end cannot be trimmed',
    later(songOnePage, 86_400_000),
    fact('audio/ogg', rate, 24_064),
  ),
  'vorbis-live-paged.ogg': row(
    'pages of Vorbis, whose positions begin at an hour',
    later(songOfPages, 86_400_000),
    fact('audio/ogg', rate, 36_000, untrimmed),
  ),
  'vorbis-chained.ogg': row(
    'two Vorbis streams, one after the other',
    join(song, song2),
    fact('audio/ogg', rate, 12_000, untrimmed),
  ),
  'vorbis-cut.ogg': row('Vorbis, cut in the last page', song.subarray(0, -40), {
    mimeType: 'audio/ogg',
    verdict: 'cut',
    sampleRate: rate,
    channels: 1,
  }),
  'flac-mono.flac': row('FLAC', tune, fact('audio/flac', rate, 7_200, browser)),
  'flac-id3.flac': row(
    'FLAC behind an ID3v2 tag',
    join(id3(Buffer.from('tone')), tune),
    fact('audio/flac', rate, 7_200, browser),
  ),
  'flac-cut.flac': row('FLAC, cut', tune.subarray(0, -500), fact('audio/flac', rate, undefined, { ...browser, verdict: 'cut' })),
  'ogg-flac.oga': row('FLAC in Ogg', ffmpeg(signal, rate, 'oga', ['-c:a', 'flac']), fact('audio/ogg', rate, 7_200, browser)),
  'adts.aac': row('AAC in ADTS frames', aac, fact('audio/aac', rate, undefined, browser)),
  'adts-id3.aac': row(
    'AAC in ADTS frames behind an ID3v2 tag',
    join(id3(Buffer.from('tone')), aac),
    fact('audio/aac', rate, undefined, browser),
  ),
  'adts-cut.aac': row(
    'AAC in ADTS frames, cut in a frame',
    aac.subarray(0, -30),
    fact('audio/aac', rate, undefined, { ...browser, verdict: 'cut' }),
  ),
  'm4a.m4a': row('AAC in MP4', m4a, fact('audio/mp4', rate, 7_200, { ...browser, ...untrimmed })),
  'm4a-faststart.m4a': row(
    'AAC in MP4, index first',
    ffmpeg(signal, rate, 'm4a', ['-c:a', 'aac', '-b:a', '24k', '-movflags', '+faststart']),
    fact('audio/mp4', rate, 7_200, { ...browser, ...untrimmed }),
  ),
  'm4a-cut.m4a': row(
    'AAC in MP4, cut',
    m4a.subarray(0, -300),
    fact('audio/mp4', undefined, undefined, { ...browser, verdict: 'cut', channels: undefined }),
  ),
  'webm-opus.webm': row(
    'Opus in WebM',
    ffmpeg(signal, rate, 'webm', ['-c:a', 'libopus', '-b:a', '16k']),
    fact('audio/webm', 48_000, undefined, browser),
  ),
  'nothing.bin': row('no bytes', Buffer.alloc(0), { verdict: 'not-audio' }),
  'zeros.bin': row('zeros', Buffer.alloc(600), { verdict: 'not-audio' }),
  'page.html': row('a web page', Buffer.from('<!doctype html><title>502 Bad Gateway</title>'), { verdict: 'not-audio' }),
  'error.json': row('a JSON error', Buffer.from('{"detail":"The text is too long."}'), { verdict: 'not-audio' }),
  'picture.png': row('a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), { verdict: 'not-audio' }),
};
