import classes from './untrusted-text.module.css';
import { visibleString, visibleText } from './visible-text.ts';

type Props = {
  /** Text that came from a far side; null is drawn as a dash that means "unknown". */
  text: string | null;
  /** Longest text drawn, in UTF-16 units. */
  maxLength?: number;
  /** Letter-spaced and monospaced, for addresses, keys and user agents. */
  mono?: boolean;
  /** Lets long text wrap instead of ending in an ellipsis. */
  wrap?: boolean;
};

/**
 * The one way text from a far side reaches the screen. Control and bidirectional characters are drawn as named
 * marks, the length is capped, and the text can't reorder what stands around it.
 */
export function UntrustedText({ text, maxLength, mono = false, wrap = false }: Props) {
  if (text === null || text === '') {
    return (
      <span className={classes.unknown} title="Unknown">
        –
      </span>
    );
  }
  const { parts, cut } = visibleText(text, maxLength);
  const className = [classes.text, mono ? 'mono' : '', wrap ? classes.wrap : 'ellipsis'].join(' ');
  return (
    <bdi className={className} title={wrap ? undefined : visibleString(text)}>
      {parts.map((part, index) =>
        part.kind === 'hidden' ? (
          <mark key={index} className={classes.hidden} title="A character that would not be seen">
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
      {cut > 0 && (
        <span className={classes.cut} title="Characters that are not drawn">
          … {cut.toLocaleString()} more
        </span>
      )}
    </bdi>
  );
}
