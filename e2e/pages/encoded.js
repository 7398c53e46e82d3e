const { createPlayer } = saystream;
const player = createPlayer();
const violations = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));

document.querySelector('#play').addEventListener('click', async () => {
  const source = await fetch(new URLSearchParams(location.search).get('file'));
  const { verdict, heardMs, error } = await player.play(source).done;
  document.querySelector('#report').textContent = JSON.stringify({ verdict, heardMs, kind: error?.kind, violations });
});
