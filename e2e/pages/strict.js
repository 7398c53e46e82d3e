const { createAudixa, createPlayer } = saystream;
const query = new URLSearchParams(location.search);
const audixa = createAudixa({ relay: query.get('relay') });
const player = createPlayer();

document.querySelector('#speak').addEventListener('click', async () => {
  const report = await player.play(audixa.voice('am_ethan').say('Allowed.')).done;
  document.querySelector('#verdict').textContent = report.verdict;
});
