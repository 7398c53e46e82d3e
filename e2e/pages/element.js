// The page's own client until it goes through a relay: the emulator's key is no secret.
const query = new URLSearchParams(location.search);
const { createAudixa } = saystream;
const audixa = createAudixa({ baseUrl: query.get('baseUrl'), apiKey: query.get('key'), dangerouslyAllowBrowser: true });
document.documentElement.className = query.get('scheme') ?? '';
for (const element of document.querySelectorAll('say-stream')) element.speaker = audixa.voice('am_ethan');
if (query.has('text')) {
  const first = document.querySelector('#first');
  first.textContent = query.get('text');
  first.lang = query.get('lang');
  first.dir = query.get('dir');
}
