package dev.plumbline.controller.spec;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.OverlayPath;
import dev.plumbline.registry.model.SyncId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the spec of a {@code PipelineSync}. */
final class PipelineSyncReader {

    private static final Pattern URL = Pattern.compile("(https://|ssh://)[^\\s/][^\\s]*|/[^\\s]+");

    private static final Pattern PASSWORD = Pattern.compile("https://[^/]*@.*|ssh://[^/@]*:[^/]*@.*");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    /** A DNS subdomain (RFC 1123), as names of service accounts are. */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration LEAST_WINDOW = Duration.ofMinutes(1);

    private final String namespace;

    PipelineSyncReader(String namespace) {
        this.namespace = namespace;
    }

    PipelineSyncSpec read(SpecFields spec) {
        return new PipelineSyncSpec(
                source(spec.below("source")),
                path(spec),
                spec.duration(
                        "interval",
                        PipelineSyncSpec.DEFAULT_INTERVAL,
                        PipelineSyncSpec.MIN_INTERVAL,
                        PipelineSyncSpec.MAX_INTERVAL),
                spec.word("mode", PipelineSyncSpec.Mode.APPLY, PipelineSyncSpec.Mode.values()),
                spec.flag("prune", true),
                spec.word(
                        "deletionPolicy",
                        PipelineSyncSpec.DeletionPolicy.ORPHAN,
                        PipelineSyncSpec.DeletionPolicy.values()),
                budget(spec.below("deletionBudget")),
                account(spec),
                spec.word("policies", PipelineSyncSpec.Policies.ENFORCE, PipelineSyncSpec.Policies.values()),
                spec.word("versions", PipelineSyncSpec.Versions.SIDE_BY_SIDE, PipelineSyncSpec.Versions.values()),
                spec.flag("argo", false),
                spec.word("drift", PipelineSyncSpec.Drift.REPAIR, PipelineSyncSpec.Drift.values()),
                health(spec.below("health")),
                spec.word("onFailure", PipelineSyncSpec.OnFailure.HOLD, PipelineSyncSpec.OnFailure.values()),
                spec.each("dependsOn", this::dependency),
                windows(spec),
                spec.flag("suspend", false),
                spec.each("ignore", PipelineSyncReader::ignoreRule));
    }

    private static SourceSpec source(SpecFields source) {
        String url = source.required("url");
        if (PASSWORD.matcher(url).matches()) {
            source.problem("url", "must not hold a user or password; put them into the Secret that secretRef names");
        } else if (!url.isEmpty() && !URL.matcher(url).matches()) {
            source.problem("url", "must begin with https:// or ssh://, or be an absolute path");
        }
        GitRef ref = ref(source.below("ref"));
        return new SourceSpec(
                url,
                ref,
                source.has("secretRef") ? source.below("secretRef").required("name") : null,
                source.has("caBundle") ? key(source.below("caBundle")) : null,
                source.has("verify") ? verify(source.below("verify"), ref) : null);
    }

    private static GitRef ref(SpecFields fields) {
        List<GitRef> given = new ArrayList<>();
        for (GitRef.Kind kind : GitRef.Kind.values()) {
            if (kind != GitRef.Kind.DEFAULT && fields.has(kind.field())) {
                given.add(new GitRef(kind, fields.required(kind.field())));
            }
        }
        if (given.size() > 1) {
            fields.problem("", "must name one of branch, tag, semver and commit, but names " + given);
        }
        GitRef ref = given.isEmpty() ? GitRef.OWN_BRANCH : given.getFirst();
        if (ref.kind() == GitRef.Kind.COMMIT && !COMMIT.matcher(ref.value()).matches()) {
            fields.problem("commit", "must be the full id of a commit, 40 or 64 lower-case hexadecimal digits");
        }
        return ref;
    }

    private static @Nullable KeyReference key(SpecFields fields) {
        boolean secret = fields.has("secretKeyRef");
        if (secret == fields.has("configMapKeyRef")) {
            fields.problem("", "must name one of secretKeyRef and configMapKeyRef");
            return null;
        }
        SpecFields reference = fields.below(secret ? "secretKeyRef" : "configMapKeyRef");
        return new KeyReference(
                secret ? KeyReference.Kind.SECRET : KeyReference.Kind.CONFIG_MAP,
                reference.required("name"),
                reference.required("key"));
    }

    private static SignatureCheck verify(SpecFields fields, GitRef ref) {
        SignatureCheck check = new SignatureCheck(
                fields.word("provider", SignatureCheck.Provider.SSH, SignatureCheck.Provider.values()),
                fields.below("secretRef").required("name"),
                fields.word("mode", SignatureCheck.Mode.COMMIT, SignatureCheck.Mode.values()));
        if (check.mode() != SignatureCheck.Mode.COMMIT && !ref.byTag()) {
            fields.problem("mode", "asks for a signed tag, but the source follows " + ref + "; name a tag or semver");
        }
        return check;
    }

    private static String path(SpecFields spec) {
        String written = spec.text("path", ".");
        return OverlayPath.of(written).orElseGet(() -> {
            spec.problem("path", "must be a path below the repository's root, without '..', but is '" + written + "'");
            return "";
        });
    }

    private static DeletionBudget budget(SpecFields budget) {
        return new DeletionBudget(
                (int) budget.number("count", DeletionBudget.STANDARD.count(), 0, Integer.MAX_VALUE),
                (int) budget.number("percent", DeletionBudget.STANDARD.percent(), 0, 100));
    }

    private static @Nullable String account(SpecFields spec) {
        String name = spec.text("serviceAccountName", "");
        if (!name.isEmpty() && !ACCOUNT.matcher(name).matches()) {
            spec.problem(
                    "serviceAccountName",
                    "must be the name of a service account in the namespace of the sync, but is '" + name + "'");
        }
        return name.isEmpty() ? null : name;
    }

    private static HealthSpec health(SpecFields health) {
        return new HealthSpec(
                health.duration(
                        "timeout",
                        PipelineSyncSpec.DEFAULT_HEALTH_TIMEOUT,
                        LEAST_TIMEOUT,
                        PipelineSyncSpec.MAX_INTERVAL),
                health.each(
                        "rules",
                        rule -> new HealthRule(
                                rule.required("apiVersion"),
                                rule.required("kind"),
                                rule.required("current"),
                                rule.text("inProgress", ""),
                                rule.text("failed", ""))));
    }

    private SyncId dependency(SpecFields fields) {
        return new SyncId(fields.text("namespace", namespace), fields.required("name"));
    }

    private static IgnoreRule ignoreRule(SpecFields rule) {
        List<String> pointers = rule.texts("fields");
        if (pointers.isEmpty()
                || !pointers.stream().allMatch(pointer -> pointer.startsWith("/") && pointer.length() > 1)) {
            rule.problem("fields", "must hold JSON pointers such as /spec/replicas");
        }
        return new IgnoreRule(
                ObjectKey.groupOf(rule.required("apiVersion")),
                rule.required("kind"),
                pointers,
                rule.required("reason"));
    }

    private static List<FreezeWindow> windows(SpecFields spec) {
        List<FreezeWindow> windows = new ArrayList<>();
        for (@Nullable FreezeWindow window : spec.each("windows", PipelineSyncReader::window)) {
            if (window != null) {
                windows.add(window);
            }
        }
        return windows;
    }

    private static @Nullable FreezeWindow window(SpecFields fields) {
        return fields.has("schedule") ? repeating(fields) : once(fields);
    }

    private static @Nullable FreezeWindow once(SpecFields fields) {
        Instant start = instant(fields, "start");
        Instant end = instant(fields, "end");
        if (start == null || end == null) {
            return null;
        }
        if (!start.isBefore(end)) {
            fields.problem("end", "must be later than start");
        }
        return new FreezeWindow.Once(start, end, fields.required("reason"));
    }

    private static @Nullable Instant instant(SpecFields fields, String field) {
        String text = fields.required(field);
        if (text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            fields.problem(field, "must be a time with its offset, such as 2026-12-24T12:00:00+01:00");
            return null;
        }
    }

    private static @Nullable FreezeWindow repeating(SpecFields fields) {
        Duration duration = fields.has("duration")
                ? fields.duration("duration", LEAST_WINDOW, LEAST_WINDOW, FreezeWindow.MAX_DURATION)
                : LEAST_WINDOW;
        if (!fields.has("duration")) {
            fields.problem("duration", "is missing; write how long the window lasts, such as 60h");
        }
        ZoneId zone = zone(fields);
        String reason = fields.required("reason");
        String text = fields.text("schedule", "");
        try {
            CronSchedule schedule = CronSchedule.parse(text);
            if (schedule.every() == null && schedule.zone() == null) {
                return new FreezeWindow.Repeating(schedule, duration, zone, reason);
            }
            fields.problem("schedule", "must be five fields of cron, with the zone in timezone, but is '" + text + "'");
        } catch (ArgoSyntaxException e) {
            fields.problem("schedule", "'" + text + "' is no schedule of cron: " + e.getMessage());
        }
        return null;
    }

    private static ZoneId zone(SpecFields fields) {
        String name = fields.text("timezone", "UTC");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            fields.problem("timezone", "'" + name + "' is no time zone; write one such as Europe/Berlin");
            return ZoneId.of("UTC");
        }
    }
}
