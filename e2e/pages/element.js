// The page's own client until it goes through a relay: the emulator's key is no secret.
const query = new URLSearchParams(location.search);
const { createAudixa } = saystream;
const audixa = createAudixa({ baseUrl: query.get('baseUrl'), apiKey: query.get('key'), dangerouslyAllowBrowser: true });
document.documentElement.className = query.get('scheme') ?? '';
globalThis.speaker = audixa.voice('am_ethan');
for (const element of document.querySelectorAll('say-stream')) {
  element.speaker = globalThis.speaker;
  element.states = [];
  element.addEventListener('statechange', () => element.states.push(element.state));
}
const first = document.querySelector('#first');
if (query.has('text')) Object.assign(first, { textContent: query.get('text'), lang: query.get('lang'), dir: query.get('dir') });
