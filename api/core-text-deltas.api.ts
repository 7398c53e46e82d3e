interface NodeLike {
    readonly nodeType: number;
    readonly textContent: string | null;
}
type StreamHolder = {
    readonly fullStream: AsyncIterable<unknown>;
} | {
    readonly stream: AsyncIterable<unknown>;
};
type TextDeltaSource = string | AsyncIterable<unknown> | Iterable<unknown> | ReadableStream | Response | StreamHolder | NodeLike | PromiseLike<string | AsyncIterable<unknown> | Iterable<unknown> | ReadableStream | Response | StreamHolder>;
declare function textDeltas(source: TextDeltaSource): AsyncIterableIterator<string>;
export type {
    TextDeltaSource
};
export {
    textDeltas
};
