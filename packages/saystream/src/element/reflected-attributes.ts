/** Properties that reflect an attribute of the same name, as those of `<audio>` do. */
export interface ReflectedAttributes {
  /** Where the relay is mounted. Default: empty, which `play()` reports as an error. */
  relay: string;
  /** `audixa`, `sauti` or `moknah`. Default: empty, which means `audixa`. */
  vendor: string;
  /** The vendor's id of a voice. Default: empty. */
  voice: string;
  /** Audixa's model. Default: empty, which leaves it to the vendor. */
  model: string;
  /** Audixa's language code. Default: empty, which leaves it to the vendor. */
  language: string;
  /** How fast the voice speaks; 1 is usual. Default: 1. */
  speed: number;
  /** How fast the speech is heard, 0.5–2, at the same pitch. Default: 1. */
  rate: number;
  /** Speaks by itself. `autoplay="false"` is off, unlike with `<audio>`: frameworks write it, and speech costs money. Default: false. */
  autoplay: boolean;
}

type Reflection = readonly [read: (attribute: string | null) => unknown, write: (value: unknown) => string | null];

/** Absent values remove the attribute, so that a framework can take a property back. */
const written = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));
const isOn = (value: unknown): boolean => value !== null && value !== undefined && !/^\s*false\s*$/i.test(String(value));
const asText: Reflection = [(attribute) => attribute ?? '', written];
const asNumber: Reflection = [(attribute) => (attribute ? Number(attribute) : 1), written];
const asSwitch: Reflection = [isOn, (value) => (value !== 0 && value !== false && isOn(value) ? '' : null)];

const reflections: Readonly<Record<keyof ReflectedAttributes, Reflection>> = {
  relay: asText,
  vendor: asText,
  voice: asText,
  model: asText,
  language: asText,
  speed: asNumber,
  rate: asNumber,
  autoplay: asSwitch,
};

/** Gives a class of elements the properties. They are accessors of the prototype, so that frameworks find them with `in`. */
export function reflectAttributes(prototype: HTMLElement): void {
  for (const [name, [read, write]] of Object.entries(reflections)) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement) {
        return read(this.getAttribute(name));
      },
      set(this: HTMLElement, value: unknown) {
        const attribute = write(value);
        if (attribute === null) this.removeAttribute(name);
        else if (this.getAttribute(name) !== attribute) this.setAttribute(name, attribute);
      },
    });
  }
}

/** Applies again what a page had set before the element was registered: such properties would hide the accessors. */
export function applyEarlyProperties(element: HTMLElement): void {
  for (const name of [...Object.keys(reflections), 'speaker']) {
    if (!Object.hasOwn(element, name)) continue;
    const value: unknown = Reflect.get(element, name);
    Reflect.deleteProperty(element, name);
    Reflect.set(element, name, value);
  }
}
