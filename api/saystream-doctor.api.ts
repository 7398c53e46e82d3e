interface DiagnoseOptions {
    readonly relay?: string | URL;
    readonly workletUrl?: string | URL;
}
type DoctorCheck = 'secure-context' | 'worklet' | 'worker' | 'autoplay' | 'sample-rate' | 'codecs' | 'relay' | 'socket';
interface Finding {
    readonly check: DoctorCheck;
    readonly verdict: 'ok' | 'warning' | 'broken';
    readonly found: string;
    readonly fix: string;
}
declare function diagnose({ relay, workletUrl }?: DiagnoseOptions): Promise<Finding[]>;
export type {
    DiagnoseOptions,
    DoctorCheck,
    Finding
};
export {
    diagnose
};
