interface AnnouncedWords {
    readonly codeBlock: string;
    readonly inlineCode: string;
    readonly math: string;
    readonly done: string;
    readonly open: string;
}
type Pronunciations = Readonly<Record<string, string | Readonly<Record<string, string>>>>;
interface SourceRange {
    readonly start: number;
    readonly end: number;
}
interface SpeakableOptions {
    readonly codeBlocks?: Unspoken;
    readonly inlineCode?: Unspoken;
    readonly math?: Unspoken;
    readonly emoji?: 'drop' | 'keep';
    readonly tasks?: 'drop' | 'announce';
    readonly words?: Partial<AnnouncedWords>;
    readonly language?: string;
    readonly pronunciations?: Pronunciations;
}
interface SpeakablePiece extends SourceRange {
    readonly text: string;
}
type SpeakableSource = TextSource;
interface SpeakableText extends AsyncIterable<string> {
    pieces(): AsyncIterableIterator<SpeakablePiece>;
    sourceRangeOf(start: number, end: number): SourceRange | undefined;
}
type TextSource = string | Iterable<string> | AsyncIterable<string> | ReadableStream<string>;
type Unspoken = 'drop' | 'keep' | 'announce';
declare function speakable(source: SpeakableSource, options?: SpeakableOptions): SpeakableText;
export type {
    AnnouncedWords,
    Pronunciations,
    SourceRange,
    SpeakableOptions,
    SpeakablePiece,
    SpeakableSource,
    SpeakableText,
    Unspoken
};
export {
    speakable
};
