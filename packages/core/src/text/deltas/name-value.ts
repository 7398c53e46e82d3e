const mostKeys = 8;
const longestName = 30;

const cut = (name: string): string => (name.length > longestName ? `${name.slice(0, longestName)}…` : name);

/** Names a value for an error message: its constructor and its keys, never its content. */
export function nameValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (Array.isArray(value)) return 'an array';
  const { constructor } = value;
  const className = typeof constructor === 'function' ? constructor.name : '';
  const keys = Object.keys(value);
  const more = keys.length > mostKeys ? ', …' : '';
  const what = className && className !== 'Object' ? `an instance of ${cut(className)}` : 'an object';
  return keys.length > 0 ? `${what} with the keys ${keys.slice(0, mostKeys).map(cut).join(', ')}${more}` : what;
}
