import { connection } from 'next/server';

import { audixa } from '@/lib/audixa';

/** A server component. `connection()` keeps the paid request out of the build. */
export async function Generated() {
  await connection();
  const { bytes, mimeType } = await audixa().generate({ text: 'Hello from a server component.', voiceId: 'am_ethan' });
  return (
    <p>
      Generated {bytes.length} bytes of {mimeType}.
    </p>
  );
}
