import type { Engine } from '../api.ts';
import type { AuditLog } from '../audit/log.ts';
import type { Changes } from '../changes.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { StoreWriter } from '../store/store-writer.ts';

export type PolicyCallsDeps = {
  readonly read: StoreReader;
  readonly changes: Changes;
  readonly requireWriting: () => { readonly write: StoreWriter; readonly audit: AuditLog };
  /** Called when the policy changed: whom that concerns is judged again, in its own time. */
  readonly onChange: () => void;
};

/** What the router's `policy` calls do. */
export function policyCalls({ read, changes, requireWriting, onChange }: PolicyCallsDeps): Engine['policy'] {
  return {
    countries: () => read.countryPolicy(),
    setCountries: async (policy) => {
      const { write, audit } = requireWriting();
      await write.setPolicy(policy, audit.draft('policy.set', {}));
      changes.mark('audit');
      onChange();
      return read.countryPolicy();
    },
    previewCountries: (policy) => read.previewPolicy(policy),
  };
}
