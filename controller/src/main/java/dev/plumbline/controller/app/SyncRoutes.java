package dev.plumbline.controller.app;

import static dev.plumbline.controller.app.Routes.map;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.reconcile.Candidate;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.status.SyncStatus;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.controller.web.Route;
import dev.plumbline.registry.blame.Interval;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.git.GitRevert;
import dev.plumbline.registry.git.RevertOrder;
import dev.plumbline.registry.history.HistoryCodec;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the API answers about the sync. */
final class SyncRoutes {

    private static final int MAX_ENTRIES = 1000;

    private final Engine engine;

    SyncRoutes(Engine engine) {
        this.engine = engine;
    }

    @Nullable
    Object ready(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        SyncStatus status = sync().status();
        if (status.state() == SyncStatus.State.STARTING) {
            throw new ApiException(503, status.message());
        }
        return new Route.Text("text/plain", "ok\n");
    }

    @Nullable
    Object status(ApiRequest request) throws SourceException, StoreException, ClusterException {
        SyncStatus status = sync().status();
        CommitId head = sync().head();
        Optional<HistoryEntry> applied = sync().history().lastApplied();
        List<Finding> findings =
                sync().history().last().map(HistoryEntry::findings).orElse(List.of());
        return map(
                "sync", sync().spec().id().toString(),
                "url", sync().spec().url(),
                "branch", sync().spec().branch(),
                "path", sync().spec().path(),
                "state", status.state().name(),
                "message", status.message(),
                "next", status.next(),
                "head", head == null ? map() : map("commit", head.hex(), "subject", subject(head)),
                "applied",
                        applied.isEmpty()
                                ? map()
                                : map(
                                        "commit", applied.get().commit().hex(),
                                        "subject", applied.get().subject(),
                                        "revision", applied.get().revision(),
                                        "release", String.valueOf(applied.get().release())),
                "objects", (long) sync().owned(),
                "findings", findings(findings));
    }

    @Nullable
    Object suspend(ApiRequest request, boolean suspended) throws SourceException, StoreException, ClusterException {
        sync().suspend(suspended);
        return status(request);
    }

    @Nullable
    Object reconcile(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        String confirm = request.text("confirm");
        if (!confirm.isEmpty() && !confirm.matches("sha256:[0-9a-f]{64}")) {
            throw ApiException.badRequest(confirm + " is not a digest; copy it from the held plan");
        }
        engine.poller().pollNow();
        sync().reconcile(confirm.isEmpty() ? null : new Digest(confirm));
        return status(request);
    }

    @Nullable
    Object history(ApiRequest request) throws ApiException, StoreException {
        String limit = request.query("limit", "20");
        if (!limit.matches("\\d{1,6}")) {
            throw ApiException.badRequest("limit is not a number: " + limit);
        }
        List<Object> entries = new ArrayList<>();
        for (HistoryEntry entry : sync().history().entries().reversed()) {
            if (entries.size() >= Math.min(Integer.parseInt(limit), MAX_ENTRIES)) {
                break;
            }
            Map<String, @Nullable Object> tree = HistoryCodec.tree(entry);
            tree.put("revision", entry.revision() == 0 ? null : entry.revision());
            tree.put("author", person(entry.author()));
            tree.put("actor", entry.actor() == null ? null : person(entry.actor()));
            tree.put("findings", findings(entry.findings()));
            tree.put("what", what(entry));
            entries.add(tree);
        }
        return map("entries", entries);
    }

    @Nullable
    Object plan(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        Candidate candidate = candidate();
        List<Map<String, @Nullable Object>> errors = findings(
                candidate.release().findings().stream().filter(Finding::isError).toList());
        if (!errors.isEmpty()) {
            StringBuilder text =
                    new StringBuilder("commit " + candidate.commit().id().abbreviated() + " has errors:");
            errors.forEach(error -> text.append("\n  ").append(error.get("text")));
            return map("commit", candidate.commit().id().hex(), "errors", errors, "text", text.toString());
        }
        Plan plan = sync().plan(candidate);
        Map<String, @Nullable Object> tree = plan.tree();
        String held = sync().held(candidate).orElse("");
        tree.put("errors", List.of());
        tree.put("held", held);
        tree.put("text", plan.text() + (held.isEmpty() ? "" : "\nHeld: " + held));
        return tree;
    }

    @Nullable
    Object blame(ApiRequest request) throws ApiException, SourceException {
        Candidate candidate = candidate();
        if (!candidate.release().valid()) {
            throw ApiException.conflict("commit " + candidate.commit().id().abbreviated()
                    + " does not render; see `plumbline plan` for its errors");
        }
        String wanted = request.query("object", "");
        Map<ObjectKey, Manifest> rendered = new HashMap<>();
        candidate.release().objects().forEach(manifest -> rendered.put(manifest.key(), manifest));
        List<Object> lines = new ArrayList<>();
        for (ObjectKey key : new TreeSet<>(candidate.release().plain().keySet())) {
            Interval blame = candidate.blame().get(key);
            if (wanted.isEmpty() || BlameLines.names(wanted, key)) {
                lines.add(BlameLines.object(engine.source().repository(), key, blame, rendered.get(key)));
            }
        }
        if (lines.isEmpty()) {
            throw ApiException.notFound("no rendered object is named " + wanted + "; `plumbline blame` lists them all");
        }
        return map("commit", candidate.commit().id().hex(), "objects", lines);
    }

    @Nullable
    Object rollback(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        if (request.text("reason").isBlank()) {
            throw ApiException.badRequest("a rollback needs a reason");
        }
        long to = request.body().get("to") instanceof Long number ? number : 0;
        HistoryEntry entry = sync().rollback(to, request.text("reason"), actor(request))
                .orElseThrow(() -> ApiException.notFound("there is no revision " + (to == 0 ? "before this one" : to)
                        + "; `plumbline history` lists them"));
        if (entry.outcome() != Outcome.APPLIED) {
            throw ApiException.conflict("the rollback was not applied: " + entry.reason());
        }
        return map(
                "revision", entry.revision(),
                "commit", entry.commit().hex(),
                "message",
                        "revision " + entry.revision() + " restores commit "
                                + entry.commit().abbreviated()
                                + "; sync stays on, and the content rolled back from is held until Git brings other content");
    }

    @Nullable
    Object revert(ApiRequest request) throws ApiException, SourceException {
        CommitId bad = engine.source()
                .repository()
                .complete(request.text("commit"))
                .orElseThrow(() ->
                        ApiException.notFound("no commit, or more than one, begins with " + request.text("commit")));
        GitRevert.Made made =
                engine.source().revert(new RevertOrder(sync().spec().branch(), bad, actor(request), Instant.now(), ""));
        engine.poller().pollNow();
        String message = "commit " + made.commit().abbreviated() + " reverts " + bad.abbreviated();
        return map(
                "commit",
                made.commit().hex(),
                "pushedTo",
                made.pushedTo(),
                "notPushed",
                made.notPushed(),
                "message",
                made.pushedTo().isEmpty() ? message : message + ", pushed to " + made.pushedTo());
    }

    static List<Map<String, @Nullable Object>> findings(List<Finding> findings) {
        return findings.stream()
                .map(finding -> {
                    Map<String, @Nullable Object> tree = new LinkedHashMap<>(HistoryCodec.finding(finding));
                    tree.put("text", finding.toString());
                    return tree;
                })
                .toList();
    }

    private Sync sync() {
        return engine.sync();
    }

    private Candidate candidate() throws ApiException, SourceException {
        return sync().candidate().orElseThrow(() -> new ApiException(503, "no commit was seen yet"));
    }

    private String subject(CommitId id) throws SourceException {
        return engine.source().repository().commit(id).map(Commit::subject).orElse("");
    }

    private String person(Digest digest) throws StoreException {
        return engine.persons().find(digest).map(Person::name).orElse("(erased)");
    }

    private static Person actor(ApiRequest request) {
        String name = Objects.requireNonNullElse(request.text("actor"), "");
        return new Person(name.isBlank() ? "unknown" : name, "");
    }

    private static String what(HistoryEntry entry) {
        String passed = entry.passedOver().isEmpty()
                ? ""
                : "; passed over " + entry.passedOver().size() + " commits";
        String forced = entry.forced() ? "; the branch was forced" : "";
        String detail = switch (entry.outcome()) {
            case APPLIED ->
                entry.subject() + " (" + entry.changes().size() + " changed"
                        + (entry.reason().isEmpty() ? "" : ", " + entry.reason()) + ")";
            case UNCHANGED -> entry.subject();
            case BROKEN ->
                entry.findings().stream()
                        .filter(Finding::isError)
                        .findFirst()
                        .map(Finding::toString)
                        .orElse(entry.subject());
            case HELD, SUPERSEDED, FAILED -> entry.subject() + ": " + entry.reason();
        };
        return detail + passed + forced;
    }
}
