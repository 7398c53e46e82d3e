export { diagnose, type DiagnoseOptions } from './page-doctor/diagnose.ts';
export type { DoctorCheck, Finding } from './page-doctor/finding.ts';
