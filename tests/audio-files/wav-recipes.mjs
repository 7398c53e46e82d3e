import { ffmpeg } from './encoders.mjs';
import { chunk, formatChunk, riff, samplesOf, tone, u32, wav } from './sound.mjs';

const rate = 8_000;
const samples = 1_600;
const signal = tone(samples, rate);
const whole = { mimeType: 'audio/wav', sampleRate: rate, channels: 1, samples, verdict: 'whole' };
const by = (what, options, facts = {}) => ({ what, bytes: wav(signal, rate, options), ...whole, ...facts });
const cut = (what, file, bytes, kept) => ({ what, bytes: file.subarray(0, bytes), ...whole, samples: kept, verdict: 'cut' });
const zeros = (length) => Buffer.alloc(length);
const plain = wav(signal, rate);
const rf64 = (dataBytes) => {
  const data = samplesOf(signal, 's16');
  const ds64 = Buffer.concat([u32(data.length + 72), u32(0), u32(dataBytes), u32(0), u32(samples), u32(0), u32(0)]);
  const chunks = [chunk('ds64', ds64), formatChunk('s16', rate), chunk('data', data, 0xffff_ffff)];
  return riff(chunks, { id: 'RF64', size: 0xffff_ffff });
};
const compressed = (what, codec, facts = {}) => ({
  what,
  bytes: ffmpeg(signal, rate, 'wav', ['-c:a', codec]),
  ...whole,
  reader: 'browser',
  ...facts,
});
const leftJustified = 'ffmpeg reads samples in the size of their bits';

/** WAV files. `samples` is what decodes; `ffmpegWhy` explains why ffmpeg gives another number. */
export const wavRecipes = {
  'wav-8bit.wav': by('8 bits, unsigned', { kind: 'u8' }),
  'wav-16bit.wav': by('16 bits'),
  'wav-24bit.wav': by('24 bits', { kind: 's24' }),
  'wav-32bit.wav': by('32 bits', { kind: 's32' }),
  'wav-float32.wav': by('float32', { kind: 'f32' }),
  'wav-float64.wav': by('float64', { kind: 'f64' }),
  'wav-stereo.wav': by('16 bits, two channels', { channels: 2 }, { channels: 2 }),
  'wav-extensible-16bit.wav': by('WAVE_FORMAT_EXTENSIBLE, 16 bits', { extensible: true }),
  'wav-extensible-float.wav': by('WAVE_FORMAT_EXTENSIBLE, float32', { kind: 'f32', extensible: true }),
  'wav-extensible-24-in-32.wav': by('WAVE_FORMAT_EXTENSIBLE, 24 valid bits in 32', { kind: 's24in4', extensible: true }),
  'wav-24-in-4-bytes.wav': by('24 bits in blocks of 4 bytes', { kind: 's24in4' }, { ffmpegWhy: leftJustified }),
  'wav-12-in-2-bytes.wav': by('12 bits in blocks of 2 bytes', { kind: 's12in2' }, { ffmpegWhy: leftJustified }),
  'wav-format-18-bytes.wav': by('a format chunk of 18 bytes', { extra: zeros(2) }),
  'wav-odd-chunks.wav': by('chunks of odd length before the data', {
    before: [chunk('LIST', Buffer.from('INFOabc')), chunk('odd ', Buffer.from('x'))],
  }),
  'wav-large-list.wav': by('a LIST of 70,000 zero bytes before the data', { before: [chunk('LIST', zeros(70_000))] }),
  'wav-list-behind.wav': by('a LIST behind the data', { behind: [chunk('LIST', Buffer.from('INFOISFTtone'))] }),
  'wav-junk-behind.wav': by('bytes behind the data that are no chunk', {
    behind: [Buffer.from('\u0001\u0002\u0003 stray bytes')],
  }),
  'wav-length-0.wav': by('data length 0', { length: 0 }),
  'wav-length-7fffffff.wav': by('data length 0x7FFFFFFF', { length: 0x7fff_ffff }),
  'wav-length-80000000.wav': by('data length 0x80000000', { length: 0x8000_0000 }),
  'wav-length-ffffffff.wav': by('data length 0xFFFFFFFF', { length: 0xffff_ffff }),
  'wav-length-ffffffda.wav': by('data length 0xFFFFFFDA', { length: 0xffff_ffda }),
  'wav-length-0-cut.wav': {
    ...cut('data length 0, and half a sample at the end', wav(signal, rate, { length: 0 }), 2_045, 1_000),
  },
  'wav-partial-frame.wav': by('a data length that is no multiple of a frame', {
    behind: [Buffer.from([0])],
    length: samples * 2 + 1,
  }),
  'wav-rf64.wav': { what: 'RF64 with its length in ds64', bytes: rf64(samples * 2), ...whole },
  'wav-rf64-cut.wav': cut('RF64 whose ds64 promises more', rf64(samples * 2), 80 + 2_000, 1_000),
  'wav-cut-half.wav': cut('cut in the middle', plain, 44 + 1_600, 800),
  'wav-cut-last-byte.wav': cut('without its last byte', plain, plain.length - 1, samples - 1),
  'wav-cut-in-header.wav': {
    what: 'cut in the header',
    bytes: plain.subarray(0, 30),
    mimeType: 'audio/wav',
    verdict: 'cut',
    samples: 0,
  },
  'wav-cut-before-samples.wav': {
    what: 'cut right before the samples',
    bytes: plain.subarray(0, 44),
    mimeType: 'audio/wav',
    verdict: 'cut',
    samples: 0,
  },
  'wav-alaw.wav': compressed('A-law', 'pcm_alaw'),
  'wav-mulaw.wav': compressed('mu-law', 'pcm_mulaw'),
  'wav-ima-adpcm.wav': compressed('IMA ADPCM', 'adpcm_ima_wav', { ffmpegWhy: 'the last block is padded', durationUnknown: true }),
  'wav-no-data.wav': { what: 'RIFF without data', bytes: riff([formatChunk('s16', rate)]), verdict: 'not-audio' },
  'riff-avi.avi': {
    what: 'RIFF that is no WAVE',
    bytes: Buffer.concat([Buffer.from('RIFF'), u32(20), Buffer.from('AVI LIST'), zeros(12)]),
    verdict: 'not-audio',
  },
};
