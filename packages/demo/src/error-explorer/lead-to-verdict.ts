import type { ExplorerElements } from './explorer-elements.ts';

/** On a small screen: a line with the headline, as long as there is one further down, out of sight. */
export function leadToVerdict({ verdict, headline, toVerdict }: ExplorerElements): void {
  let isBelow = false;
  const show = (): void => {
    const tone = verdict.dataset['tone'] ?? 'none';
    toVerdict.hidden = !isBelow || tone === 'none';
    toVerdict.dataset['tone'] = tone;
    toVerdict.textContent = headline.textContent;
  };
  new IntersectionObserver(([entry]) => {
    isBelow = entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top > 0;
    show();
  }).observe(headline);
  new MutationObserver(show).observe(verdict, { attributeFilter: ['data-tone'], childList: true, subtree: true });
  toVerdict.addEventListener('click', () => {
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    headline.scrollIntoView({ behavior: isCalm ? 'auto' : 'smooth', block: 'center' });
    // Where the button was is nothing any more: the keyboard goes on from what it led to.
    headline.focus({ preventScroll: true });
  });
}
