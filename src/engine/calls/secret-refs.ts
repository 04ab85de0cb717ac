import { isApi, type AnyConfig, type SecretRef } from '../../contract/source.ts';

/** Every secret reference of a configuration, wherever the kind keeps it. */
export function secretRefs(config: AnyConfig | undefined): readonly SecretRef[] {
  const refs: SecretRef[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if ('env' in value || 'file' in value || 'stored' in value) refs.push(value as SecretRef);
    else Object.values(value).forEach(visit);
  };
  if (config !== undefined && isApi(config)) visit(config.auth);
  return refs;
}

/** Where a secret is kept, never what it is. */
export function describeRef(ref: SecretRef): string {
  if ('env' in ref) return `environment variable ${ref.env}`;
  if ('file' in ref) return `file ${ref.file}`;
  return 'stored by Sessionscope';
}
