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

const fileTypes = { MP3: 'audio/mpeg', Opus: 'audio/ogg; codecs=opus', WAV: 'audio/wav' };

/** Streams are bare samples and need none of them; files do. */
export function checkCodecs(): Finding {
  const element = document.createElement('audio');
  const missing = Object.entries(fileTypes).flatMap(([name, type]) => (element.canPlayType(type) ? [] : [name]));
  if (missing.length === 0) return ok('codecs', `Files of ${Object.keys(fileTypes).join(', ')} are decoded.`);
  return {
    check: 'codecs',
    verdict: 'warning',
    found: `Files of ${missing.join(', ')} are not decoded here; streams are.`,
    fix: `Ask the vendor for another format, or stream.`,
  };
}
