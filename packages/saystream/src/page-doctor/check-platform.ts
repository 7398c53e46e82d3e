import { ok, type Finding } from './finding.ts';

/** Without it there is no AudioWorklet, and no speech is heard. */
export function checkSecureContext(): Finding {
  if (isSecureContext) return ok('secure-context', `${location.origin} is a secure context.`);
  const { host } = location;
  return {
    check: 'secure-context',
    verdict: 'broken',
    found: `${location.origin} is no secure context, so it has no AudioWorklet.`,
    fix: `Serve the page from https://${host}, or open it from http://localhost.`,
  };
}

const speechRate = 24_000;

/** Whether samples are rendered as they came. */
export async function checkSampleRate(): Promise<Finding> {
  try {
    const context = new AudioContext({ sampleRate: speechRate });
    const { sampleRate } = context;
    await context.close();
    if (sampleRate === speechRate) return ok('sample-rate', `Speech is rendered at its own ${speechRate} Hz.`);
    return {
      check: 'sample-rate',
      verdict: 'warning',
      found: `The browser renders at ${sampleRate} Hz instead of the ${speechRate} Hz of speech.`,
      fix: 'Nothing in the page: speech is resampled, which costs some of its quality.',
    };
  } catch (error) {
    return {
      check: 'sample-rate',
      verdict: 'broken',
      found: `There is no AudioContext of ${speechRate} Hz: ${(error as Error).message}`,
      fix: 'Use a browser with Web Audio, with a sound device that works.',
    };
  }
}

/** By their names for WebCodecs, which decodes them while they arrive, and for media elements, which know what can be decoded whole. */
const fileTypes = { MP3: ['mp3', 'audio/mpeg'], Opus: ['opus', 'audio/ogg; codecs=opus'] } as const;

async function isStreamed(codec: string): Promise<boolean> {
  const config = { codec, sampleRate: 48_000, numberOfChannels: 1 };
  // It is missing from older browsers, and throws for a codec that it has never heard of.
  return globalThis.AudioDecoder?.isConfigSupported(config).then(
    ({ supported }) => supported === true,
    () => false,
  );
}

/** Streams, WAV and bare samples need none of them; other files do. */
export async function checkCodecs(): Promise<Finding> {
  const check = 'codecs';
  const element = document.createElement('audio');
  const isLate = await Promise.all(Object.values(fileTypes).map(async ([codec]) => !(await isStreamed(codec))));
  const late = Object.entries(fileTypes).filter((_, at) => isLate[at]);
  const [missing, whole] = [false, true].map((known) =>
    late.flatMap(([name, [, type]]) => (Boolean(element.canPlayType(type)) === known ? [name] : [])),
  ) as [string[], string[]];
  if (missing.length > 0) {
    const found = `${missing.join(' and ')} cannot be decoded here; streams, WAV and PCM are heard.`;
    return { check, verdict: 'warning', found, fix: 'Ask the vendor for WAV, or stream.' };
  }
  if (whole.length > 0) {
    const found = `${whole.join(' and ')}: heard here when all of it has arrived, and not before.`;
    return { check, verdict: 'warning', found, fix: 'Ask the vendor for WAV, or stream, where that takes too long.' };
  }
  return ok(check, `${Object.keys(fileTypes).join(' and ')} are decoded while they arrive.`);
}
