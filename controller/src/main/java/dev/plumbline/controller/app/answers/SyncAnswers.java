package dev.plumbline.controller.app.answers;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.reconcile.Candidate;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.status.SyncStatus;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.blame.Interval;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.history.HistoryCodec;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is answered about a sync: where it stands, what became of each commit, what the newest one would change. */
public final class SyncAnswers {

    private static final int MAX_ENTRIES = 1000;

    private final AskedSync asked;

    /** Answers about this sync. */
    public SyncAnswers(AskedSync asked) {
        this.asked = asked;
    }

    /**
     * Where it stands.
     *
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     * @throws ClusterException when the cluster cannot be asked
     */
    public @Nullable Object status(ApiRequest request) throws SourceException, StoreException, ClusterException {
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

    /**
     * What became of each head that was seen, newest first; {@code limit} bounds how many.
     *
     * @throws ApiException when it cannot be answered
     * @throws StoreException when the store cannot be read
     */
    public @Nullable Object history(ApiRequest request) throws ApiException, StoreException {
        String limit = request.query("limit", "20");
        if (!limit.matches("\\d{1,6}")) {
            throw ApiException.badRequest("limit is not a number: " + limit);
        }
        List<Object> entries = new ArrayList<>();
        for (HistoryEntry entry : sync().history().newest(Math.min(Integer.parseInt(limit), MAX_ENTRIES))) {
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

    /**
     * What the newest commit would change now.
     *
     * @throws ApiException when it cannot be answered
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     * @throws ClusterException when the cluster cannot be asked
     */
    public @Nullable Object plan(ApiRequest request)
            throws ApiException, SourceException, StoreException, ClusterException {
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

    /**
     * The commit that made each rendered object; {@code object} names one of them.
     *
     * @throws ApiException when it cannot be answered
     * @throws SourceException when Git cannot be read
     */
    public @Nullable Object blame(ApiRequest request) throws ApiException, SourceException {
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
                lines.add(BlameLines.object(asked.repository(), key, blame, rendered.get(key)));
            }
        }
        if (lines.isEmpty()) {
            throw ApiException.notFound("no rendered object is named " + wanted + "; `plumbline blame` lists them all");
        }
        return map("commit", candidate.commit().id().hex(), "objects", lines);
    }

    private static List<Map<String, @Nullable Object>> findings(List<Finding> findings) {
        return findings.stream()
                .map(finding -> {
                    Map<String, @Nullable Object> tree = new LinkedHashMap<>(HistoryCodec.finding(finding));
                    tree.put("text", finding.toString());
                    return tree;
                })
                .toList();
    }

    private Sync sync() {
        return asked.sync();
    }

    private Candidate candidate() throws ApiException, SourceException {
        return sync().candidate().orElseThrow(() -> new ApiException(503, "no commit was seen yet"));
    }

    private String subject(CommitId id) throws SourceException {
        return asked.repository().commit(id).map(Commit::subject).orElse("");
    }

    private String person(Digest digest) throws StoreException {
        return asked.persons().find(digest).map(Person::name).orElse("(erased)");
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
