import { userAgentWithoutVersions } from '../enrich/user-agent-similarity.ts';
import { markOf } from './mark.ts';
import { remembered } from './remembered.ts';

/** Longer ones are read up to here, and not remembered: a far side can send any length. */
export const LONGEST_AGENT = 1024;

type AgentMarks = {
  /** Of the user agent without versions: what an update leaves as it was. */
  readonly client: string;
  /** Of the whole text. */
  readonly agent: string;
};

/** A user agent as the organisation counts it: marks in place of texts, because it has many and they are long. */
export function agentMarks(userAgent: string): AgentMarks {
  return userAgent.length > LONGEST_AGENT
    ? marksOf(userAgent.slice(0, LONGEST_AGENT))
    : knownMarks(userAgent);
}

/** The mark of a user agent whose versions were removed. */
export function clientMark(client: string): string {
  return shortMark(client);
}

const knownMarks = remembered((userAgent: string) => marksOf(userAgent));

function marksOf(userAgent: string): AgentMarks {
  return { client: shortMark(userAgentWithoutVersions(userAgent)), agent: shortMark(userAgent) };
}

/** 36 bits: of ten thousand user agents two are taken for one by a chance of one in a thousand. */
function shortMark(text: string): string {
  return (markOf(text) % 2 ** 36).toString(36);
}
