interface DiagnoseOptions {
    readonly relay?: string | URL;
    readonly vendor?: string;
    readonly workletUrl?: string | URL;
    readonly workerUrl?: string | URL;
}
type DoctorCheck = 'secure-context' | 'worklet' | 'worker' | 'autoplay' | 'sample-rate' | 'codecs' | 'relay' | 'socket';
interface Finding {
    readonly check: DoctorCheck;
    readonly verdict: 'ok' | 'warning' | 'broken';
    readonly found: string;
    readonly fix: string;
}
declare function diagnose(options?: DiagnoseOptions): Promise<Finding[]>;
export type {
    DiagnoseOptions,
    DoctorCheck,
    Finding
};
export {
    diagnose
};
