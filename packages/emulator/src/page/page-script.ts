/** What the page does: it copies, filters, moves the clock and keeps the ledger fresh. Without it the page is complete but still. */
export const pageScript = String.raw`'use strict';
const all = (selector) => [...document.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-copy]');
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.textContent);
    button.classList.add('done');
    setTimeout(() => button.classList.remove('done'), 600);
  } catch {
    // A page from another machine has no clipboard: the text is marked, to be copied by hand.
    getSelection().selectAllChildren(button);
  }
});

function filter() {
  const words = one('#find').value.toLowerCase().split(/\s+/).filter(Boolean);
  const vendor = one('[name=vendor]:checked').value;
  let found = 0;
  for (const group of all('.group')) {
    const isWanted = vendor === '' || group.dataset.vendor === vendor;
    let shown = 0;
    for (const row of group.querySelectorAll('tbody tr')) {
      const text = row.textContent.toLowerCase();
      row.hidden = !isWanted || !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    group.hidden = shown === 0;
    found += shown;
  }
  one('#nothing').hidden = found > 0;
}
one('.finder').addEventListener('input', filter);
filter();

const time = one('.clock time');
let aheadMs = 0;
function showTime() {
  time.textContent = new Date(Date.now() + aheadMs).toISOString().slice(0, 19).replace('T', ' ');
  const seconds = Math.round(aheadMs / 1000);
  one('.clock output').textContent = seconds === 0 ? 'UTC, as it is' : 'UTC, ' + seconds.toLocaleString('en') + ' s ahead';
}
async function askTime(path, method) {
  const { nowMs } = await (await fetch('/emulator/clock' + path, { method })).json();
  aheadMs = nowMs - Date.now();
  showTime();
}
for (const button of all('[data-advance]')) {
  button.addEventListener('click', async () => {
    await askTime('?advance=' + button.dataset.advance, 'POST');
    await freshen();
  });
}

async function freshen() {
  if (document.hidden) return;
  const html = await (await fetch('/emulator/ledger.html')).text();
  const ledger = one('#ledger');
  if (ledger.dataset.seen === html) return;
  ledger.dataset.seen = html;
  ledger.innerHTML = html;
}
const quietly = (work) => () => void work().catch(() => undefined);
setInterval(showTime, 1000);
setInterval(quietly(freshen), 2000);
setInterval(quietly(() => askTime('', 'GET')), 10000);
quietly(() => askTime('', 'GET'))();
`;
