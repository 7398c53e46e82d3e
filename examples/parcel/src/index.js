import { createAudixa } from '@saystream/audixa';
import { createPlayer } from '@saystream/player';

const ethan = createAudixa({ relay: '/speech' }).voice('am_ethan');
const player = createPlayer();

document.querySelector('button').onclick = async () => {
  const { verdict, error } = await player.play(ethan.say('Hello from Parcel.')).done;
  document.querySelector('output').textContent = error ? `${verdict}: ${error.message}` : verdict;
};
