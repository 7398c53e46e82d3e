const { writeFile } = require('node:fs/promises');

const { createAudixa } = require('@saystream/audixa');

const { AUDIXA_API_KEY, AUDIXA_BASE_URL } = process.env;

async function main() {
  const audixa = createAudixa({ apiKey: AUDIXA_API_KEY, baseUrl: AUDIXA_BASE_URL });
  const speech = audixa.voice('am_ethan').say('Hello from Node.');
  await writeFile('hello.wav', await speech.toWav());
  const { verdict, durationMs } = await speech.outcome;
  console.log(`${verdict}: ${Math.round(durationMs)} ms in hello.wav`);
}

main();
