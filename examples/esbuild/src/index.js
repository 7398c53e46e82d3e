import { createAudixa, createPlayer } from 'saystream';

const ethan = createAudixa({ relay: '/speech' }).voice('am_ethan');
const player = createPlayer();

document.querySelector('button').onclick = async () => {
  const { verdict, error } = await player.play(ethan.say('Hello from esbuild.')).done;
  document.querySelector('output').textContent = error ? `${verdict}: ${error.message}` : verdict;
};
