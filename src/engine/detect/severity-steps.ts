import { severity as severities, type Severity } from '../../contract/rules.ts';

/** One step up; critical stays. */
export function raised(severity: Severity): Severity {
  return stepped(severity, 1);
}

/** One step down; info stays. */
export function lowered(severity: Severity): Severity {
  return stepped(severity, -1);
}

function stepped(severity: Severity, steps: 1 | -1): Severity {
  return severities.options[severities.options.indexOf(severity) + steps] ?? severity;
}
