import { z } from 'zod';
import { auditEntry, auditVerification } from '../contract/audit.ts';
import { backupRequest, retention, retentionDays } from '../contract/care.ts';
import { countryPolicy, countryPolicyPreview } from '../contract/country-policy.ts';
import { event } from '../contract/event.ts';
import { finding } from '../contract/finding.ts';
import { geoipStatus } from '../contract/geoip.ts';
import { historyImportRequest } from '../contract/history.ts';
import { incident, incidentDetail } from '../contract/incident.ts';
import { listPage, listRequest } from '../contract/list.ts';
import {
  listCheck,
  listCheckRequest,
  listImport,
  listImportRequest,
  networkList,
} from '../contract/lists.ts';
import { mapAnswer } from '../contract/map.ts';
import { overview } from '../contract/overview.ts';
import { linkRequest, person, tagRequest, userRef } from '../contract/person.ts';
import { reportRequest } from '../contract/report.ts';
import {
  revocation,
  revocationPlan,
  revocationPlanRequest,
  revocationStartRequest,
  revocationSummary,
} from '../contract/revocation.ts';
import { ruleDescription } from '../contract/rule-description.ts';
import { observation, session } from '../contract/session.ts';
import { source } from '../contract/source.ts';
import {
  suppression,
  suppressionEnd,
  suppressionPreview,
  suppressionPreviewRequest,
  suppressionRequest,
} from '../contract/suppression.ts';
import { listName, queryField, systemInfo } from '../contract/system.ts';
import { assignRequest, decided, decideRequest, noteRequest, reopenRequest } from '../contract/triage.ts';
import { user } from '../contract/user.ts';
import { all, call, procedure, router } from './procedure.ts';

export type { RouterContext } from './procedure.ts';

const id = z.string().min(1).max(64);
const byId = z.object({ id });
const byKey = z.object({ key: id });
/** Null: every source. */
const bySources = z.object({ ids: z.array(id).max(1000).nullable().default(null) });
const query = z.string().max(4096).default('');
const byQuery = z.object({ query });
const byName = z.object({ name: z.string().min(1).max(80) });
const byLimit = z.object({ limit: z.number().int().min(1).max(500).default(100) });
const auditPage = z.object({
  limit: z.number().int().min(1).max(500).default(200),
  beforeSeq: z.number().int().nullable().default(null),
});

/** Subscriptions may be started without a signal by the in-process caller; they then run to their end. */
const never = new AbortController().signal;

/** Method → engine function, nothing else. Inputs and outputs are checked here, once. */
export const appRouter = router({
  system: router({
    info: procedure.output(systemInfo).query(({ ctx }) => ctx.engine.system.info()),
    changes: procedure.subscription(({ ctx, signal }) => ctx.engine.system.changes(signal ?? never)),
    queryFields: call(z.object({ list: listName }), all(queryField)).query(({ ctx, input }) =>
      ctx.engine.system.queryFields(input.list),
    ),
    startDemo: procedure.mutation(({ ctx }) => ctx.engine.system.startDemo()),
    removeDemo: procedure.mutation(({ ctx }) => ctx.engine.system.removeDemo()),
  }),
  sources: router({
    list: procedure.output(all(source)).query(({ ctx }) => ctx.engine.sources.list()),
    import: call(z.object({ file: z.unknown() }), all(z.string())).mutation(({ ctx, input }) =>
      ctx.engine.sources.import(input.file),
    ),
    storeSecret: call(
      z.object({ value: z.string().min(1).max(16_384) }),
      z.object({ stored: z.string() }),
    ).mutation(async ({ ctx, input }) => ({ stored: await ctx.engine.sources.storeSecret(input.value) })),
    remove: procedure.input(byId).mutation(({ ctx, input }) => ctx.engine.sources.remove(input.id)),
    test: procedure
      .input(bySources)
      .subscription(({ ctx, input, signal }) => ctx.engine.sources.test(input.ids, signal ?? never)),
    poll: procedure
      .input(bySources)
      .subscription(({ ctx, input, signal }) => ctx.engine.sources.poll(input.ids, signal ?? never)),
    pollNow: call(bySources, all(z.string())).mutation(({ ctx, input }) =>
      ctx.engine.sources.pollNow(input.ids),
    ),
    reports: procedure.subscription(({ ctx, signal }) => ctx.engine.sources.reports(signal ?? never)),
  }),
  count: call(z.object({ list: listName, query }), z.number().int()).query(({ ctx, input }) =>
    ctx.engine.count(input.list, input.query),
  ),
  overview: call(byQuery, overview).query(({ ctx, input }) => ctx.engine.overview(input.query)),
  sessions: router({
    list: call(listRequest, listPage(session)).query(({ ctx, input }) => ctx.engine.sessions.list(input)),
    get: call(byKey, session).query(({ ctx, input }) => ctx.engine.sessions.get(input.key)),
    observations: call(byKey, all(observation)).query(({ ctx, input }) =>
      ctx.engine.sessions.observations(input.key),
    ),
    map: call(byQuery, mapAnswer).query(({ ctx, input }) => ctx.engine.sessions.map(input.query)),
  }),
  users: router({
    list: call(listRequest, listPage(user)).query(({ ctx, input }) => ctx.engine.users.list(input)),
    tag: procedure.input(tagRequest).mutation(({ ctx, input }) => ctx.engine.users.tag(input)),
  }),
  persons: router({
    list: procedure.output(all(person)).query(({ ctx }) => ctx.engine.persons.list()),
    link: procedure.input(linkRequest).mutation(({ ctx, input }) => ctx.engine.persons.link(input)),
    unlink: procedure.input(userRef).mutation(({ ctx, input }) => ctx.engine.persons.unlink(input)),
  }),
  events: router({
    list: call(listRequest, listPage(event)).query(({ ctx, input }) => ctx.engine.events.list(input)),
  }),
  rules: procedure.output(all(ruleDescription)).query(({ ctx }) => ctx.engine.rules()),
  findings: router({
    list: call(listRequest, listPage(finding)).query(({ ctx, input }) => ctx.engine.findings.list(input)),
    get: call(byId, finding).query(({ ctx, input }) => ctx.engine.findings.get(input.id)),
    decide: call(decideRequest, decided).mutation(({ ctx, input }) => ctx.engine.findings.decide(input)),
    reopen: call(reopenRequest, decided).mutation(({ ctx, input }) => ctx.engine.findings.reopen(input)),
  }),
  incidents: router({
    list: call(listRequest, listPage(incident)).query(({ ctx, input }) => ctx.engine.incidents.list(input)),
    get: call(byId, incidentDetail).query(({ ctx, input }) => ctx.engine.incidents.get(input.id)),
    decide: call(decideRequest, decided).mutation(({ ctx, input }) => ctx.engine.incidents.decide(input)),
    reopen: call(reopenRequest, decided).mutation(({ ctx, input }) => ctx.engine.incidents.reopen(input)),
    assign: procedure.input(assignRequest).mutation(({ ctx, input }) => ctx.engine.incidents.assign(input)),
    note: procedure.input(noteRequest).mutation(({ ctx, input }) => ctx.engine.incidents.note(input)),
  }),
  suppressions: router({
    list: procedure.output(all(suppression)).query(({ ctx }) => ctx.engine.suppressions.list()),
    preview: call(suppressionPreviewRequest, suppressionPreview).query(({ ctx, input }) =>
      ctx.engine.suppressions.preview(input),
    ),
    add: call(suppressionRequest, suppression).mutation(({ ctx, input }) =>
      ctx.engine.suppressions.add(input),
    ),
    end: call(byId, suppressionEnd).mutation(({ ctx, input }) => ctx.engine.suppressions.end(input.id)),
  }),
  history: router({
    import: procedure
      .input(historyImportRequest)
      .subscription(({ ctx, input, signal }) => ctx.engine.history.import(input, signal ?? never)),
  }),
  revocations: router({
    plan: call(revocationPlanRequest, revocationPlan).mutation(({ ctx, input }) =>
      ctx.engine.revocations.plan(input),
    ),
    start: call(revocationStartRequest, revocationSummary).mutation(({ ctx, input }) =>
      ctx.engine.revocations.start(input),
    ),
    list: call(byLimit, all(revocationSummary)).query(({ ctx, input }) =>
      ctx.engine.revocations.list(input.limit),
    ),
    get: call(byId, revocation).query(({ ctx, input }) => ctx.engine.revocations.get(input.id)),
    watch: procedure
      .input(byId)
      .subscription(({ ctx, input, signal }) => ctx.engine.revocations.watch(input.id, signal ?? never)),
    stop: procedure.input(byId).mutation(({ ctx, input }) => ctx.engine.revocations.stop(input.id)),
    resume: procedure.input(byId).mutation(({ ctx, input }) => ctx.engine.revocations.resume(input.id)),
  }),
  reports: router({
    create: procedure
      .input(reportRequest)
      .subscription(({ ctx, input, signal }) => ctx.engine.reports.create(input, signal ?? never)),
  }),
  audit: router({
    list: call(auditPage, all(auditEntry)).query(({ ctx, input }) =>
      ctx.engine.audit.list(input.limit, input.beforeSeq),
    ),
    verify: procedure.output(auditVerification).query(({ ctx }) => ctx.engine.audit.verify()),
  }),
  care: router({
    backup: procedure
      .input(backupRequest)
      .subscription(({ ctx, input, signal }) => ctx.engine.care.backup(input, signal ?? never)),
    retention: procedure.output(retention).query(({ ctx }) => ctx.engine.care.retention()),
    setRetention: call(z.object({ days: retentionDays }), retention).mutation(({ ctx, input }) =>
      ctx.engine.care.setRetention(input.days),
    ),
    retain: procedure.subscription(({ ctx, signal }) => ctx.engine.care.retain(signal ?? never)),
  }),
  geoip: router({
    status: procedure.output(geoipStatus).query(({ ctx }) => ctx.engine.geoip.status()),
    import: call(z.object({ file: z.string().min(1).max(4096) }), geoipStatus).mutation(({ ctx, input }) =>
      ctx.engine.geoip.import(input.file),
    ),
  }),
  lists: router({
    list: procedure.output(all(networkList)).query(({ ctx }) => ctx.engine.lists.list()),
    import: call(listImportRequest, listImport).mutation(({ ctx, input }) => ctx.engine.lists.import(input)),
    remove: procedure.input(byName).mutation(({ ctx, input }) => ctx.engine.lists.remove(input.name)),
    check: call(listCheckRequest, listCheck).query(({ ctx, input }) => ctx.engine.lists.check(input)),
  }),
  policy: router({
    countries: procedure.output(countryPolicy).query(({ ctx }) => ctx.engine.policy.countries()),
    setCountries: call(countryPolicy, countryPolicy).mutation(({ ctx, input }) =>
      ctx.engine.policy.setCountries(input),
    ),
    previewCountries: call(countryPolicy, countryPolicyPreview).query(({ ctx, input }) =>
      ctx.engine.policy.previewCountries(input),
    ),
  }),
});

export type AppRouter = typeof appRouter;
