/** An element of the page by its id. A name that is missing in the page's HTML fails at once, by name. */
export function findElement<T extends Element>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no ${kind.name} named "${id}".`);
  return element;
}
