/**
 * What limits by address count: an IPv4 address, or the /64 of an IPv6 one, which one subscriber holds all of
 * (RFC 6177 §2). Other texts stay as they are.
 */
export function networkOf(ip: string): string {
  const bare = ip.split('%', 1)[0]!.toLowerCase();
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare)?.[1];
  if (mapped) return mapped;
  if (!/^[\da-f]*:[\da-f:.]*$/.test(bare)) return ip;
  const [head = '', tail] = bare.split('::');
  const groups = (part: string): string[] => (part ? part.split(':') : []);
  const [first, last] = [groups(head), tail === undefined ? [] : groups(tail)];
  // A dotted end stands for two groups.
  const length = first.length + last.length + (bare.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - length) }, () => '0');
  const network = [...first, ...zeros, ...last].slice(0, 4);
  return `${network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
