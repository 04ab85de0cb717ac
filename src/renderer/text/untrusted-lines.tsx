import { UntrustedText } from './untrusted-text.tsx';

/** Longest line drawn, in UTF-16 units. */
const MAX_LINE = 2_000;

/** What a person wrote over several lines, drawn as they broke it; each line is as untrusted as any text. */
export function UntrustedLines({ text }: { text: string }) {
  return text
    .split(/\r?\n/)
    .map((line, index) => (
      <div key={index}>{line === '' ? <br /> : <UntrustedText text={line} maxLength={MAX_LINE} wrap />}</div>
    ));
}
