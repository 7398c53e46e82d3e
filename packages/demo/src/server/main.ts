import { sampleTexts } from '../page/sample-texts.ts';
import { espeakVoice } from '../voice/espeak-voice.ts';
import { startDemo } from './start-demo.ts';

const asked = process.env['PORT'];
const port = asked ? Number(asked) : undefined;

try {
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new Error(`PORT must be a number from 0 to 65535, not "${asked}".`);
  }
  const { AUDIXA_API_KEY: audixaApiKey, AUDIXA_BASE_URL: audixaBaseUrl } = process.env;
  const demo = await startDemo({ port, audixaApiKey, audixaBaseUrl });
  // The engine is several times faster once it has spoken a little: better now than while somebody waits for sound.
  for (const { text } of sampleTexts) await espeakVoice(text);
  console.log(`\n  saystream demo: open ${demo.url} in a browser (nothing is opened for you; Ctrl-C stops it)\n`);

  const stop = (): void => {
    // A second Ctrl-C ends the process the hard way.
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
    demo.close().then(
      () => console.log('\n  stopped'),
      (error: unknown) => console.error(error),
    );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(taken ? `Port ${asked} is taken. Set PORT to another one, or leave it out.` : error);
  process.exitCode = 1;
}
