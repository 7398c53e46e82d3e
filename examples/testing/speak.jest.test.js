const { createAudixa } = require('@saystream/audixa');
const { createPlayer } = require('@saystream/player');

test('a page that speaks can be tested without a browser', () => {
  expect(createAudixa({ relay: '/speech' }).voice('am_ethan').vendor).toBe('audixa');
  expect(createPlayer().volume).toBe(1);
});
