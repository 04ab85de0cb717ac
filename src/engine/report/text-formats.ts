import type { ReportFormat } from '../../contract/report.ts';
import { csv } from './csv.ts';
import { jsonl } from './jsonl.ts';
import type { TextFormat } from './text-format.ts';

/** The formats that are lines of text, by the name a report is asked with. */
export const textFormats: Readonly<Record<ReportFormat, TextFormat>> = { csv, jsonl };
