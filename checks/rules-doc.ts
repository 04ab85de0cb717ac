import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { ruleCatalogue } from '../src/contract/rule-catalogue.ts';
import { describeRules } from '../src/engine/detect/describe-rules.ts';
import { defaultSettings } from '../src/engine/detect/settings.ts';

/**
 * docs/rules.md is made of the rules themselves. Without an argument it is compared with them, with `--write` it is
 * written anew; the part before the first rule is a person's.
 */
const FILE = 'docs/rules.md';
const MARK = '<!-- rules: made by `node checks/rules-doc.ts --write` -->';

const current = readFileSync(FILE, 'utf8');
const introduction = current.slice(0, current.indexOf(MARK));
const made = await format(
  `${introduction}${MARK}\n\n${describeRules(defaultSettings).map(chapter).join('\n\n')}\n`,
  {
    parser: 'markdown',
  },
);

if (process.argv.includes('--write')) {
  writeFileSync(FILE, made);
} else if (made !== current) {
  process.stderr.write(`${FILE} does not say what the rules are; run "node checks/rules-doc.ts --write".\n`);
  process.exitCode = 1;
}

function chapter(rule: ReturnType<typeof describeRules>[number]): string {
  const { letter } = ruleCatalogue[rule.id];
  const lines = [
    `## \`${rule.id}\``,
    '',
    `${rule.name}. ${letter}, ${rule.severity}${rule.fromTheStart ? ', from the first day' : ''}.`,
    '',
    `- **Needs** ${rule.inputs.join('; ')}.`,
    ...(rule.cannotJudge.length === 0 ? [] : [`- **Can’t judge** ${rule.cannotJudge.join('; ')}.`]),
    ...(rule.lowered.length === 0 ? [] : [`- **Lowered or suppressed by** ${rule.lowered.join('; ')}.`]),
  ];
  const thresholds = rule.thresholds.map(({ name, value }) => `${name}: ${value}`);
  return [...lines, ...(thresholds.length === 0 ? [] : [`- **Numbers** ${thresholds.join('; ')}.`])].join(
    '\n',
  );
}
