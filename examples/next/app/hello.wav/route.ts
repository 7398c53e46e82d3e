import { audixa } from '@/lib/audixa';

/** Streams from Audixa in Node and answers with a WAV file. POST, because a GET may be prerendered or repeated, and paid again. */
export async function POST() {
  const wav = await audixa().stream({ text: 'Hello from a route handler.', voiceId: 'am_ethan' }).toWav();
  return new Response(new Blob([new Uint8Array(wav)]), { headers: { 'content-type': 'audio/wav' } });
}
