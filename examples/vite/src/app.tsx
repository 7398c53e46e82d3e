import { createAudixa } from '@saystream/audixa';
import { createPlayer } from '@saystream/player';
import { useState } from 'react';

const ethan = createAudixa({ relay: '/speech' }).voice('am_ethan');
const player = createPlayer();

export function App() {
  const [ending, setEnding] = useState('');

  async function speak() {
    const { verdict, error } = await player.play(ethan.say('Hello from Vite and React.')).done;
    setEnding(error ? `${verdict}: ${error.message}` : verdict);
  }

  return (
    <>
      <button onClick={() => void speak()}>Speak</button>
      <output>{ending}</output>
    </>
  );
}
