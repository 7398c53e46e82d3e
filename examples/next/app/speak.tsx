'use client';

import 'saystream/element';
import { createPlayer } from '@saystream/player';
import { createSauti } from '@saystream/sauti';
import { useState } from 'react';

// Over HTTP, through the route handler in app/speech.
const swahili = createSauti({ relay: '/speech' }).voice('sauti-swahili-v1');
const player = createPlayer();

export function Speak() {
  const [ending, setEnding] = useState('');

  async function speak() {
    const { verdict, error } = await player.play(swahili.say('Habari ya asubuhi.')).done;
    setEnding(error ? `${verdict}: ${error.message}` : verdict);
  }

  return (
    <>
      <button onClick={() => void speak()}>Speak</button>
      <output>{ending}</output>
      {/* Over a socket, through `saystream-relay` behind the rewrite of next.config.ts. */}
      <say-stream relay="/stream" vendor="audixa" voice="am_ethan">
        Hello from an element.
      </say-stream>
    </>
  );
}
