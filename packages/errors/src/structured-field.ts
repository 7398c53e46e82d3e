/**
 * One member or parameter of an RFC 9651 list or dictionary: its separator, its name where it has one, and its bare item: a
 * string, byte sequence, boolean, date, decimal, integer or token. Each character can begin one alternative only, so that
 * matching takes linear time.
 */
const part =
  /\s*([,;])\s*(?:([a-z*][\w.*-]*)=)?("(?:[ !#-[\]-~]|\\["\\])*"|:[a-z\d+/]*=*:|\?[01]|@?-?\d{1,15}(?:\.\d{1,3})?|[a-z*][\w!#$%&'*+.^`|~:/-]*)/giy;

/** The parameters of one member, by name, as they are written; a parameter without a value is `?1`, true. */
export type Parameters = Readonly<Record<string, string>>;

/**
 * The parameters of each member of a list, such as `"minute";r=0;t=5, "day";r=9;t=340`. The members of a dictionary, the form of
 * older drafts (`limit=60, remaining=0, reset=30`), count as parameters of one member. A malformed field gives none, as
 * RFC 9651 §4.2 requires.
 */
export function parametersIn(field = ''): readonly Parameters[] {
  const members: Record<string, string>[] = [];
  // The comma gives the first member, too, a separator.
  const rest = `,${field}`.replace(part, (_, separator: string, name: string | undefined, item: string) => {
    const isMember = separator === ',';
    if (!members[0] || (isMember && !name)) members.push({});
    if (name) members.at(-1)![name] = item;
    else if (!isMember) members.at(-1)![item] = '?1';
    return '';
  });
  return rest ? [] : members;
}
