/**
 * A mistake of the caller, such as a key with a line break in it. The caller gets it as the `TypeError` that it is: no
 * other try and no other server would help.
 */
export class CallMistake extends TypeError {
  static {
    this.prototype.name = 'TypeError';
  }
}
