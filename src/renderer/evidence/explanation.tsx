import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './evidence.module.css';
import { explanationParts } from './explanation-parts.ts';

/** Longest paragraph drawn, in UTF-16 units. */
const MAX_LENGTH = 4_000;

/** Why a finding was made, a paragraph for each part; it quotes the far side. */
export function Explanation({ text }: { text: string }) {
  return (
    <div className={classes.explanation}>
      {explanationParts(text).map((part, index) => (
        <p key={index}>
          {part.title !== null && <strong>{part.title}: </strong>}
          <UntrustedText text={part.text} maxLength={MAX_LENGTH} wrap />
        </p>
      ))}
    </div>
  );
}
