const query = new URLSearchParams(location.search);
document.documentElement.className = query.get('scheme') ?? '';
for (const element of document.querySelectorAll('say-stream')) {
  element.setAttribute('relay', query.get('relay'));
  element.states = [];
  element.addEventListener('statechange', () => element.states.push(element.state));
}
const first = document.querySelector('#first');
if (query.has('text')) Object.assign(first, { textContent: query.get('text'), lang: query.get('lang'), dir: query.get('dir') });
