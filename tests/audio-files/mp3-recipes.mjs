import { ffmpeg, mp3, packetsOf } from './encoders.mjs';
import { apeTag, id3, id3v1, junk, tone } from './sound.mjs';

const seconds = 0.3;
const at = (rate) => tone(rate * seconds, rate);
const whole = (rate, channels = 1) => ({
  mimeType: 'audio/mpeg',
  sampleRate: rate,
  channels,
  samples: rate * seconds,
  verdict: 'whole',
});
/** LAME leaves its Info tag away when a frame is too small for it: the bit rates below are the lowest with a tag. */
const lame = (what, rate, options, channels = 1) => ({
  what,
  bytes: mp3(at(rate), rate, options, channels),
  ...whole(rate, channels),
});

const base = mp3(at(24_000), 24_000, ['-b', '64']);
const frames = packetsOf(base);
/** Samples of one frame of MPEG-2. */
const frame = 576;
const facts = whole(24_000);
const of = (what, bytes, more = {}) => ({ what, bytes, ...facts, ...more });
const untagged = mp3(at(24_000), 24_000, ['-t', '-b', '32']);
const untaggedSamples = packetsOf(untagged).length * frame;
const behind = { ffmpegWhy: 'ffmpeg hands the bytes behind the last frame to its decoder' };
/** A frame header that no other follows. */
const falseSync = Buffer.concat([junk(40), Buffer.from([0xff, 0xf3, 0x44, 0xc4]), junk(300, 9)]);
const json = Buffer.from('{"error":{"message":"upstream timed out"}}');

function withVbri() {
  const bytes = Buffer.from(base);
  const length = frames[0];
  bytes.fill(0, 4, length);
  bytes.write('VBRI', 36, 'latin1');
  bytes.writeUInt16BE(1, 40);
  bytes.writeUInt32BE(bytes.length, 46);
  bytes.writeUInt32BE(frames.length, 50);
  return bytes;
}
function withoutLame() {
  const bytes = Buffer.from(base);
  const tag = bytes.indexOf('LAME');
  bytes.fill(0, tag, tag + 36);
  return bytes;
}
function damaged(frameIndex, bytes) {
  const copy = Buffer.from(base);
  junk(bytes, 3).copy(copy, frames[frameIndex]);
  return copy;
}
const lameDelay = 576 + 529;
const cutAt = (what, bytes, count) =>
  of(what, bytes, {
    verdict: 'cut',
    samples: count * frame - lameDelay,
    ffmpegWhy: 'ffmpeg gives what its decoder holds; the tag counts more',
  });

/** MP3 files. */
export const mp3Recipes = {
  'mp3-mpeg1-44100.mp3': lame('MPEG-1, 44,100 Hz', 44_100, ['-b', '64']),
  'mp3-mpeg1-48000-stereo.mp3': lame('MPEG-1, 48,000 Hz, joint stereo', 48_000, ['-b', '80'], 2),
  'mp3-mpeg1-32000.mp3': lame('MPEG-1, 32,000 Hz', 32_000, ['-b', '64']),
  'mp3-mpeg2-24000.mp3': of('MPEG-2, 24,000 Hz', base),
  'mp3-mpeg2-22050.mp3': lame('MPEG-2, 22,050 Hz', 22_050, ['-b', '64']),
  'mp3-mpeg2-16000.mp3': lame('MPEG-2, 16,000 Hz', 16_000, ['-b', '48']),
  'mp3-mpeg25-12000.mp3': lame('MPEG-2.5, 12,000 Hz', 12_000, ['-b', '32']),
  'mp3-mpeg25-8000.mp3': lame('MPEG-2.5, 8,000 Hz', 8_000, ['-b', '24']),
  'mp3-vbr.mp3': lame('variable bit rate', 24_000, ['-V', '5']),
  'mp3-crc.mp3': lame('checksums in the frames', 24_000, ['-p', '-b', '64']),
  'mp3-by-lavc.mp3': {
    what: 'Info tag of libavcodec, ID3v2',
    bytes: ffmpeg(at(24_000), 24_000, 'mp3', ['-c:a', 'libmp3lame', '-b:a', '32k']),
    ...facts,
  },
  'mp3-without-info.mp3': of('no Info tag', untagged, { samples: untaggedSamples }),
  'mp3-info-without-lame.mp3': of('an Info tag without the delay and padding of LAME', withoutLame(), {
    samples: frames.length * frame,
  }),
  'mp3-vbri.mp3': of('a VBRI tag', withVbri(), { samples: frames.length * frame }),
  'mp3-id3v1.mp3': of('an ID3v1 tag behind', Buffer.concat([base, id3v1()])),
  'mp3-id3v2.mp3': of('an ID3v2 tag before', Buffer.concat([id3(Buffer.from('tone')), base])),
  'mp3-id3v2-twice.mp3': of('two ID3v2 tags before', Buffer.concat([id3(Buffer.from('tone')), id3(Buffer.from('more')), base])),
  'mp3-id3v2-footer.mp3': of('an ID3v2 tag with a footer', Buffer.concat([id3(Buffer.from('tone'), true), base])),
  'mp3-id3v2-with-sync.mp3': of('an ID3v2 tag that holds a frame header', Buffer.concat([id3(falseSync), base])),
  'mp3-ape-behind.mp3': of('an APE tag and an ID3v1 tag behind', Buffer.concat([base, apeTag(), id3v1()]), behind),
  'mp3-ape-before.mp3': of('an APE tag before', Buffer.concat([apeTag(), base]), {
    ffmpegWhy: 'ffmpeg misses the Info tag behind the APE tag',
  }),
  'mp3-zeros-before.mp3': of('2,000 zero bytes before', Buffer.concat([Buffer.alloc(2_000), base]), {
    ffmpegWhy: 'ffmpeg misses the Info tag behind the zeros',
  }),
  'mp3-zeros-behind.mp3': of('2,000 zero bytes behind', Buffer.concat([base, Buffer.alloc(2_000)]), behind),
  'mp3-junk-before.mp3': of('stray bytes before', Buffer.concat([junk(777), base]), {
    ffmpegWhy: 'ffmpeg misses the Info tag behind the stray bytes',
  }),
  'mp3-false-sync.mp3': of('stray bytes before, with a frame header among them', Buffer.concat([falseSync, base]), {
    ffmpegWhy: 'ffmpeg misses the Info tag behind the stray bytes',
  }),
  'mp3-joined.mp3': of('two files joined', Buffer.concat([base, base]), {
    samples: 14_400,
    ffmpegWhy: 'ffmpeg plays the second Info tag as a frame',
  }),
  'mp3-joined-with-tags.mp3': of(
    'two files joined, each with ID3v2 and ID3v1',
    Buffer.concat([id3(Buffer.from('a')), base, id3v1(), id3(Buffer.from('b')), base, id3v1()]),
    {
      samples: 14_400,
      ffmpegWhy: 'ffmpeg plays the second Info tag as a frame',
    },
  ),
  'mp3-joined-without-info.mp3': of('two files without an Info tag joined', Buffer.concat([untagged, untagged]), {
    samples: 2 * untaggedSamples,
  }),
  'mp3-joined-rates.mp3': of('24,000 Hz and then 16,000 Hz', Buffer.concat([base, mp3(at(16_000), 16_000, ['-b', '48'])]), {
    samples: undefined,
    durationMs: 600,
    ffmpegWhy: 'the second half has another sample rate',
  }),
  'mp3-damaged-header.mp3': of('the header of one frame is damaged', damaged(6, 60), {
    samples: 7_200 - frame,
    cutAtMs: (6 * frame - lameDelay) / 24,
    verdict: 'cut',
    ffmpegWhy: 'ffmpeg may conceal the frame',
  }),
  'mp3-cut-in-frame.mp3': cutAt('cut in a frame', base.subarray(0, frames[8] + 20), 8),
  'mp3-cut-between-frames.mp3': cutAt('cut between two frames; the Info tag counts more', base.subarray(0, frames[8]), 8),
  'mp3-cut-without-info.mp3': of('no Info tag, cut in a frame', untagged.subarray(0, packetsOf(untagged)[8] + 20), {
    samples: 8 * frame,
    verdict: 'cut',
    ffmpegWhy: 'ffmpeg decodes the half frame',
  }),
  'mp3-json-behind.mp3': of('JSON behind the frames', Buffer.concat([untagged, json]), {
    samples: untaggedSamples,
    verdict: 'cut',
    ffmpegWhy: 'ffmpeg skips it',
  }),
  'mp3-html-behind.mp3': of(
    'a web page behind the frames',
    Buffer.concat([untagged, Buffer.from('<html><body>502 Bad Gateway</body></html>')]),
    { samples: untaggedSamples, verdict: 'cut', ffmpegWhy: 'ffmpeg skips it' },
  ),
  'mp3-one-frame.mp3': of('a single frame', untagged.subarray(0, packetsOf(untagged)[1]), {
    samples: frame,
    ffmpegWhy: 'ffmpeg wants more than one frame',
  }),
  'mp3-info-alone.mp3': {
    what: 'an Info tag and no frame',
    bytes: base.subarray(0, frames[0]),
    mimeType: 'audio/mpeg',
    verdict: 'cut',
    samples: 0,
  },
  'mp3-id3-alone.mp3': { what: 'an ID3v2 tag and nothing else', bytes: id3(Buffer.from('tone')), verdict: 'not-audio' },
};
