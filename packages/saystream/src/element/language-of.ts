/** Returns the BCP 47 tag of the language an element stands in, by the nearest `lang`, through shadow trees. Empty: unknown. */
export function languageOf(element: Element): string {
  const nearest = element.closest('[lang]');
  if (nearest) return nearest.getAttribute('lang') ?? '';
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : '';
}
