import { initTRPC, type TRPC_ERROR_CODE_NUMBER } from '@trpc/server';
import { z } from 'zod';
import { auditEntry, auditVerification } from '../contract/audit.ts';
import {
  backupRequest,
  retention,
  retentionDays,
  type BackupProgress,
  type RetentionProgress,
} from '../contract/care.ts';
import { countryPolicy, countryPolicyPreview } from '../contract/country-policy.ts';
import type { CallProblem } from '../contract/error-codes.ts';
import { event } from '../contract/event.ts';
import { finding } from '../contract/finding.ts';
import { geoipStatus } from '../contract/geoip.ts';
import { historyImportRequest, type HistoryImportProgress } from '../contract/history.ts';
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
import { reportRequest, type ReportProgress } from '../contract/report.ts';
import {
  revocation,
  revocationPlan,
  revocationPlanRequest,
  revocationStartRequest,
  revocationSummary,
  type RevocationSummary,
} from '../contract/revocation.ts';
import { ruleDescription } from '../contract/rule-description.ts';
import { observation, session } from '../contract/session.ts';
import { source, type SourceTest, type SweepReport } from '../contract/source.ts';
import {
  suppression,
  suppressionEnd,
  suppressionPreview,
  suppressionPreviewRequest,
  suppressionRequest,
} from '../contract/suppression.ts';
import { listName, queryField, systemInfo, type Change } from '../contract/system.ts';
import { assignRequest, decided, decideRequest, noteRequest, reopenRequest } from '../contract/triage.ts';
import { user } from '../contract/user.ts';
import type { Engine } from './engine.ts';
import { callProblemOf } from './call-problem.ts';

export type RouterContext = { readonly engine: Engine };

const t = initTRPC.context<RouterContext>().create({
  errorFormatter({ shape, error }): {
    message: string;
    // Any wider type makes tRPC fall back to its own error shape, and the page would lose `data.engine`.
    code: TRPC_ERROR_CODE_NUMBER;
    data: { code: string; engine: CallProblem };
  } {
    const engine = callProblemOf(error);
    return { message: engine.message, code: shape.code, data: { code: error.code, engine } };
  },
});

const procedure = t.procedure;
const id = z.string().min(1).max(64);
const ids = z.array(id).max(1000).nullable().default(null);
/** Subscriptions may be started without a signal by the in-process caller; they then run to their end. */
const never = new AbortController().signal;
const query = z.string().max(4096).default('');

/** Method → engine function, nothing else. Inputs and outputs are checked here, once. */
export const appRouter = t.router({
  system: t.router({
    info: procedure.output(systemInfo).query(({ ctx }) => ctx.engine.system.info()),
    changes: procedure.subscription(async function* ({ ctx, signal }): AsyncGenerator<Change> {
      yield* ctx.engine.system.changes(signal ?? never);
    }),
    queryFields: procedure
      .input(z.object({ list: listName }))
      .output(z.array(queryField))
      .query(({ ctx, input }) => [...ctx.engine.system.queryFields(input.list)]),
    startDemo: procedure.mutation(({ ctx }) => ctx.engine.system.startDemo()),
    removeDemo: procedure.mutation(({ ctx }) => ctx.engine.system.removeDemo()),
  }),
  sources: t.router({
    list: procedure.output(z.array(source)).query(async ({ ctx }) => [...(await ctx.engine.sources.list())]),
    import: procedure
      .input(z.object({ file: z.unknown() }))
      .output(z.array(z.string()))
      .mutation(async ({ ctx, input }) => [...(await ctx.engine.sources.import(input.file))]),
    storeSecret: procedure
      .input(z.object({ value: z.string().min(1).max(16_384) }))
      .output(z.object({ stored: z.string() }))
      .mutation(async ({ ctx, input }) => ({ stored: await ctx.engine.sources.storeSecret(input.value) })),
    remove: procedure
      .input(z.object({ id }))
      .mutation(({ ctx, input }) => ctx.engine.sources.remove(input.id)),
    test: procedure.input(z.object({ ids })).subscription(async function* ({
      ctx,
      input,
      signal,
    }): AsyncGenerator<SourceTest> {
      yield* ctx.engine.sources.test(input.ids, signal ?? never);
    }),
    poll: procedure.input(z.object({ ids })).subscription(async function* ({
      ctx,
      input,
      signal,
    }): AsyncGenerator<SweepReport> {
      yield* ctx.engine.sources.poll(input.ids, signal ?? never);
    }),
    pollNow: procedure
      .input(z.object({ ids }))
      .output(z.array(z.string()))
      .mutation(async ({ ctx, input }) => [...(await ctx.engine.sources.pollNow(input.ids))]),
    reports: procedure.subscription(async function* ({ ctx, signal }): AsyncGenerator<SweepReport> {
      yield* ctx.engine.sources.reports(signal ?? never);
    }),
  }),
  count: procedure
    .input(z.object({ list: listName, query }))
    .output(z.number().int())
    .query(({ ctx, input }) => ctx.engine.count(input.list, input.query)),
  overview: procedure
    .input(z.object({ query }))
    .output(overview)
    .query(({ ctx, input }) => ctx.engine.overview(input.query)),
  sessions: t.router({
    list: procedure
      .input(listRequest)
      .output(listPage(session))
      .query(({ ctx, input }) => ctx.engine.sessions.list(input)),
    get: procedure
      .input(z.object({ key: id }))
      .output(session)
      .query(({ ctx, input }) => ctx.engine.sessions.get(input.key)),
    observations: procedure
      .input(z.object({ key: id }))
      .output(z.array(observation))
      .query(async ({ ctx, input }) => [...(await ctx.engine.sessions.observations(input.key))]),
    map: procedure
      .input(z.object({ query }))
      .output(mapAnswer)
      .query(({ ctx, input }) => ctx.engine.sessions.map(input.query)),
  }),
  users: t.router({
    list: procedure
      .input(listRequest)
      .output(listPage(user))
      .query(({ ctx, input }) => ctx.engine.users.list(input)),
    tag: procedure.input(tagRequest).mutation(({ ctx, input }) => ctx.engine.users.tag(input)),
  }),
  persons: t.router({
    list: procedure.output(z.array(person)).query(async ({ ctx }) => [...(await ctx.engine.persons.list())]),
    link: procedure.input(linkRequest).mutation(({ ctx, input }) => ctx.engine.persons.link(input)),
    unlink: procedure.input(userRef).mutation(({ ctx, input }) => ctx.engine.persons.unlink(input)),
  }),
  events: t.router({
    list: procedure
      .input(listRequest)
      .output(listPage(event))
      .query(({ ctx, input }) => ctx.engine.events.list(input)),
  }),
  rules: procedure.output(z.array(ruleDescription)).query(async ({ ctx }) => [...(await ctx.engine.rules())]),
  findings: t.router({
    list: procedure
      .input(listRequest)
      .output(listPage(finding))
      .query(({ ctx, input }) => ctx.engine.findings.list(input)),
    get: procedure
      .input(z.object({ id }))
      .output(finding)
      .query(({ ctx, input }) => ctx.engine.findings.get(input.id)),
    decide: procedure
      .input(decideRequest)
      .output(decided)
      .mutation(({ ctx, input }) => ctx.engine.findings.decide(input)),
    reopen: procedure
      .input(reopenRequest)
      .output(decided)
      .mutation(({ ctx, input }) => ctx.engine.findings.reopen(input)),
  }),
  incidents: t.router({
    list: procedure
      .input(listRequest)
      .output(listPage(incident))
      .query(({ ctx, input }) => ctx.engine.incidents.list(input)),
    get: procedure
      .input(z.object({ id }))
      .output(incidentDetail)
      .query(({ ctx, input }) => ctx.engine.incidents.get(input.id)),
    decide: procedure
      .input(decideRequest)
      .output(decided)
      .mutation(({ ctx, input }) => ctx.engine.incidents.decide(input)),
    reopen: procedure
      .input(reopenRequest)
      .output(decided)
      .mutation(({ ctx, input }) => ctx.engine.incidents.reopen(input)),
    assign: procedure.input(assignRequest).mutation(({ ctx, input }) => ctx.engine.incidents.assign(input)),
    note: procedure.input(noteRequest).mutation(({ ctx, input }) => ctx.engine.incidents.note(input)),
  }),
  suppressions: t.router({
    list: procedure
      .output(z.array(suppression))
      .query(async ({ ctx }) => [...(await ctx.engine.suppressions.list())]),
    preview: procedure
      .input(suppressionPreviewRequest)
      .output(suppressionPreview)
      .query(({ ctx, input }) => ctx.engine.suppressions.preview(input)),
    add: procedure
      .input(suppressionRequest)
      .output(suppression)
      .mutation(({ ctx, input }) => ctx.engine.suppressions.add(input)),
    end: procedure
      .input(z.object({ id }))
      .output(suppressionEnd)
      .mutation(({ ctx, input }) => ctx.engine.suppressions.end(input.id)),
  }),
  history: t.router({
    import: procedure.input(historyImportRequest).subscription(async function* ({
      ctx,
      input,
      signal,
    }): AsyncGenerator<HistoryImportProgress> {
      yield* ctx.engine.history.import(input, signal ?? never);
    }),
  }),
  revocations: t.router({
    plan: procedure
      .input(revocationPlanRequest)
      .output(revocationPlan)
      .mutation(({ ctx, input }) => ctx.engine.revocations.plan(input)),
    start: procedure
      .input(revocationStartRequest)
      .output(revocationSummary)
      .mutation(({ ctx, input }) => ctx.engine.revocations.start(input)),
    list: procedure
      .input(z.object({ limit: z.number().int().min(1).max(500).default(100) }))
      .output(z.array(revocationSummary))
      .query(async ({ ctx, input }) => [...(await ctx.engine.revocations.list(input.limit))]),
    get: procedure
      .input(z.object({ id }))
      .output(revocation)
      .query(({ ctx, input }) => ctx.engine.revocations.get(input.id)),
    watch: procedure.input(z.object({ id })).subscription(async function* ({
      ctx,
      input,
      signal,
    }): AsyncGenerator<RevocationSummary> {
      yield* ctx.engine.revocations.watch(input.id, signal ?? never);
    }),
    stop: procedure
      .input(z.object({ id }))
      .mutation(({ ctx, input }) => ctx.engine.revocations.stop(input.id)),
    resume: procedure
      .input(z.object({ id }))
      .mutation(({ ctx, input }) => ctx.engine.revocations.resume(input.id)),
  }),
  reports: t.router({
    create: procedure.input(reportRequest).subscription(async function* ({
      ctx,
      input,
      signal,
    }): AsyncGenerator<ReportProgress> {
      yield* ctx.engine.reports.create(input, signal ?? never);
    }),
  }),
  audit: t.router({
    list: procedure
      .input(
        z.object({
          limit: z.number().int().min(1).max(500).default(200),
          beforeSeq: z.number().int().nullable().default(null),
        }),
      )
      .output(z.array(auditEntry))
      .query(async ({ ctx, input }) => [...(await ctx.engine.audit.list(input.limit, input.beforeSeq))]),
    verify: procedure.output(auditVerification).query(({ ctx }) => ctx.engine.audit.verify()),
  }),
  care: t.router({
    backup: procedure.input(backupRequest).subscription(async function* ({
      ctx,
      input,
      signal,
    }): AsyncGenerator<BackupProgress> {
      yield* ctx.engine.care.backup(input, signal ?? never);
    }),
    retention: procedure.output(retention).query(({ ctx }) => ctx.engine.care.retention()),
    setRetention: procedure
      .input(z.object({ days: retentionDays }))
      .output(retention)
      .mutation(({ ctx, input }) => ctx.engine.care.setRetention(input.days)),
    retain: procedure.subscription(async function* ({ ctx, signal }): AsyncGenerator<RetentionProgress> {
      yield* ctx.engine.care.retain(signal ?? never);
    }),
  }),
  geoip: t.router({
    status: procedure.output(geoipStatus).query(({ ctx }) => ctx.engine.geoip.status()),
    import: procedure
      .input(z.object({ file: z.string().min(1).max(4096) }))
      .output(geoipStatus)
      .mutation(({ ctx, input }) => ctx.engine.geoip.import(input.file)),
  }),
  lists: t.router({
    list: procedure
      .output(z.array(networkList))
      .query(async ({ ctx }) => [...(await ctx.engine.lists.list())]),
    import: procedure
      .input(listImportRequest)
      .output(listImport)
      .mutation(({ ctx, input }) => ctx.engine.lists.import(input)),
    remove: procedure
      .input(z.object({ name: z.string().min(1).max(80) }))
      .mutation(({ ctx, input }) => ctx.engine.lists.remove(input.name)),
    check: procedure
      .input(listCheckRequest)
      .output(listCheck)
      .query(({ ctx, input }) => ctx.engine.lists.check(input)),
  }),
  policy: t.router({
    countries: procedure.output(countryPolicy).query(({ ctx }) => ctx.engine.policy.countries()),
    setCountries: procedure
      .input(countryPolicy)
      .output(countryPolicy)
      .mutation(({ ctx, input }) => ctx.engine.policy.setCountries(input)),
    previewCountries: procedure
      .input(countryPolicy)
      .output(countryPolicyPreview)
      .query(({ ctx, input }) => ctx.engine.policy.previewCountries(input)),
  }),
});

export type AppRouter = typeof appRouter;
