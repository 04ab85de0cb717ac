import { arch, cpus, platform, release, totalmem } from 'node:os';
import Database from 'better-sqlite3';

export type Machine = {
  readonly cpu: string;
  readonly cores: number;
  readonly ramGb: number;
  readonly os: string;
  readonly node: string;
  readonly sqlite: string;
  /** All of it in one line. */
  readonly words: string;
};

/** What the numbers were measured on. */
export function describeMachine(): Machine {
  const db = new Database(':memory:');
  const sqlite = db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
  db.close();
  const cpu = cpus()[0]?.model.trim() ?? 'unknown CPU';
  const cores = cpus().length;
  const ramGb = Math.round(totalmem() / 1e9);
  const os = `${platform()} ${release()} ${arch()}`;
  const node = process.versions.node;
  const words = `${cpu}, ${cores} cores, ${ramGb} GB RAM, ${os}, Node ${node}, SQLite ${sqlite}`;
  return { cpu, cores, ramGb, os, node, sqlite, words };
}
