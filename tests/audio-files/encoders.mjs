// Runs the encoders and `ffprobe` for `build-audio-files.mjs`. Names the Debian package of a program that is missing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { wav } from './sound.mjs';

const packages = {
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  lame: 'lame',
  opusenc: 'opus-tools',
  oggenc: 'vorbis-tools',
  flac: 'flac',
  sox: 'sox',
};

/** Prints the Debian packages that are missing and ends the program, if any is. */
export function requirePrograms() {
  const missing = Object.keys(packages).filter((name) => spawnSync(name, ['--help']).error);
  if (missing.length === 0) return;
  console.error(
    `Missing: ${missing.join(', ')}. Install them: apt-get install ${[...new Set(missing.map((name) => packages[name]))].join(' ')}`,
  );
  process.exit(1);
}

/** Runs a program and returns what it wrote to stdout. */
function run(name, args, input) {
  const { status, stdout, stderr } = spawnSync(name, args, { input, maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${status}: ${String(stderr)}`);
  return stdout;
}

/** Encodes one signal: the arguments may name `IN` (a WAV file) and `OUT`. */
function encode(signal, rate, [name, ...args], { channels = 1, extension = 'bin' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'audio-files-'));
  try {
    const [from, to] = [join(folder, 'in.wav'), join(folder, `out.${extension}`)];
    writeFileSync(from, wav(signal, rate, { channels }));
    run(
      name,
      args.map((each) => (each === 'IN' ? from : each === 'OUT' ? to : each)),
    );
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const exact = ['-fflags', '+bitexact', '-flags', '+bitexact', '-map_metadata', '-1'];

/** MP3 by LAME. `options` are LAME's. */
export const mp3 = (signal, rate, options, channels = 1) =>
  encode(
    signal,
    rate,
    ['lame', '--quiet', ...(channels === 1 ? ['-m', 'm'] : []), ...options, '--resample', String(rate / 1000), 'IN', 'OUT'],
    {
      channels,
      extension: 'mp3',
    },
  );
/** Ogg Opus; `serial` names the logical stream. */
export const opus = (signal, rate, serial, options = ['--bitrate', '16'], channels = 1) =>
  encode(signal, rate, ['opusenc', '--quiet', '--serial', String(serial), '--padding', '0', ...options, 'IN', 'OUT'], {
    channels,
    extension: 'opus',
  });
/** Ogg Vorbis. */
export const vorbis = (signal, rate, serial, channels = 1) =>
  encode(signal, rate, ['oggenc', '--quiet', '-q', '0', '-s', String(serial), '-o', 'OUT', 'IN'], { channels, extension: 'ogg' });
/** FLAC without a seek table and padding. */
export const flac = (signal, rate, channels = 1) =>
  encode(signal, rate, ['flac', '--silent', '--no-padding', '--no-seektable', '-o', 'OUT', 'IN'], {
    channels,
    extension: 'flac',
  });
/** Anything that ffmpeg writes. */
export const ffmpeg = (signal, rate, extension, options = [], channels = 1) =>
  encode(signal, rate, ['ffmpeg', '-v', 'error', '-i', 'IN', ...exact, ...options, '-y', 'OUT'], { channels, extension });

/** The sample rate, the channels, and the samples per channel that ffmpeg decodes. Empty for a file that it cannot read. */
export function probe(path) {
  const { stdout } = spawnSync('ffprobe', ['-v', 'quiet', '-of', 'json', '-show_streams', path]);
  const [stream] = JSON.parse(String(stdout) || '{}').streams ?? [];
  if (!stream?.sample_rate || stream.codec_type !== 'audio') return {};
  const { stdout: pcm } = spawnSync('ffmpeg', ['-v', 'quiet', '-i', path, '-map', '0:a:0', '-f', 's16le', '-ac', '1', '-'], {
    maxBuffer: 1e8,
  });
  return {
    codec: stream.codec_name,
    sampleRate: Number(stream.sample_rate),
    channels: stream.channels,
    ffmpegSamples: pcm.length / 2,
  };
}

/** Where the packets of a file begin, in bytes. */
export function packetsOf(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'audio-files-'));
  try {
    writeFileSync(join(folder, 'in'), bytes);
    const csv = String(run('ffprobe', ['-v', 'quiet', '-show_entries', 'packet=pos', '-of', 'csv=p=0', join(folder, 'in')]));
    return csv
      .split('\n')
      .map((line) => parseInt(line, 10))
      .filter((at) => at >= 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
