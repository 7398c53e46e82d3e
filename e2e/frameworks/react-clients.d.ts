declare module 'react-18' {
  export function createElement(name: string, props: object, ...children: string[]): unknown;
}
declare module 'react-dom-18/client' {
  export function createRoot(root: Element): { render(node: unknown): void };
}
declare module 'react-dom/client' {
  export function createRoot(root: Element): { render(node: unknown): void };
}
