package dev.plumbline.controller.cli;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.spec.PipelineRollback;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.status.SyncStatus.State;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The syncs of a namespace as their custom resources say, and orders to them, which are custom resources too. */
final class ClusterSyncs {

    private final ClusterPlace place;
    private final String wanted;
    private @Nullable SyncId chosen;

    /**
     * Syncs of a namespace.
     *
     * @param wanted name of the sync that is meant; empty for the only one
     */
    ClusterSyncs(ClusterPlace place, String wanted) {
        this.place = place;
        this.wanted = wanted;
    }

    /** Whether the person named the sync. */
    boolean named() {
        return !wanted.isEmpty();
    }

    /** The sync that is meant. */
    SyncId chosen() {
        SyncId known = chosen;
        if (known == null) {
            known = new SyncId(place.namespace(), wanted.isEmpty() ? only() : wanted);
            chosen = known;
        }
        return known;
    }

    /** All syncs of the namespace, which must not be more than so many. */
    List<SyncId> some(int most) {
        List<SyncId> ids = all().stream()
                .map(sync -> new SyncId(place.namespace(), Tree.text(sync, "metadata", "name")))
                .toList();
        if (ids.size() > most) {
            throw place.error(
                    CommandException.ENVIRONMENT,
                    "there are " + ids.size() + " PipelineSyncs; name one of them with -s");
        }
        return ids;
    }

    private String only() {
        List<String> names =
                all().stream().map(sync -> Tree.text(sync, "metadata", "name")).toList();
        if (names.size() != 1) {
            throw place.error(
                    CommandException.ENVIRONMENT,
                    names.isEmpty()
                            ? "there is no PipelineSync; name another namespace with -n"
                            : "there are several PipelineSyncs; name one of " + String.join(", ", names) + " with -s");
        }
        return names.getFirst();
    }

    private List<Map<String, @Nullable Object>> all() {
        return place.ask(() -> place.cluster()
                .list(Selection.of(PipelineSync.GROUP, PipelineSync.KIND, place.namespace()))
                .items());
    }

    /** All of them and where they stand. */
    Map<String, @Nullable Object> list() {
        List<Object> list = new ArrayList<>();
        for (Map<String, @Nullable Object> sync : all()) {
            list.add(standing(sync));
        }
        return map("syncs", list);
    }

    /** Where the one that is meant stands. */
    Map<String, @Nullable Object> status() {
        return standing(resource());
    }

    /** The applied revisions that its status shows, newest first, in the form of history. */
    Map<String, @Nullable Object> revisions() {
        List<Object> entries = new ArrayList<>();
        for (Map<String, @Nullable Object> revision : Tree.maps(resource(), "status", "history")) {
            entries.add(map(
                    "number", "",
                    "revision", revision.get("revision"),
                    "outcome", "APPLIED",
                    "commit", Tree.text(revision, "commit"),
                    "seen", Tree.text(revision, "appliedAt"),
                    "trigger", Tree.text(revision, "trigger"),
                    "what", ""));
        }
        return map("entries", entries);
    }

    /** Stops it or lets it go on, and waits until its status says so. */
    Map<String, @Nullable Object> suspend(boolean suspend) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, suspend, "spec", "suspend");
        place.ask(() -> place.cluster().mergePatch(key(), patch, ClusterPlace.MANAGER));
        return place.await("the controller " + (suspend ? "has suspended" : "goes on with") + " " + chosen(), () -> {
            Map<String, @Nullable Object> now = resource();
            boolean seen = Objects.equals(
                    Tree.at(now, "metadata", "generation"), Tree.at(now, "status", "observedGeneration"));
            boolean stands = Tree.text(ready(now), "reason").equals("Suspended");
            return seen && stands == suspend ? Optional.of(standing(now)) : Optional.empty();
        });
    }

    /** Lets it look now; deletions that wait are confirmed by their digest. */
    Map<String, @Nullable Object> reconcile(String confirm) {
        if (!confirm.isEmpty()) {
            String waiting = Tree.text(resource(), "status", "confirmation");
            if (!confirm.equals(waiting)) {
                throw place.error(
                        CommandException.WRONG,
                        waiting.isEmpty()
                                ? "no deletions of " + chosen() + " wait for a confirmation"
                                : "the deletions that wait are " + waiting + ", not " + confirm
                                        + "; look at `plumbline plan` again");
            }
            annotate(PipelineSync.CONFIRM_DELETIONS, confirm);
            return place.await("the confirmed deletions are made", () -> {
                Map<String, @Nullable Object> now = resource();
                return Tree.text(now, "status", "confirmation").equals(confirm)
                        ? Optional.empty()
                        : Optional.of(standing(now));
            });
        }
        String request = UUID.randomUUID().toString();
        annotate(PipelineSync.SYNC_REQUESTED, request);
        return place.await("the controller has looked at " + chosen(), () -> {
            Map<String, @Nullable Object> now = resource();
            return Tree.text(now, "status", "handledRequest").equals(request)
                    ? Optional.of(standing(now))
                    : Optional.empty();
        });
    }

    private void annotate(String annotation, String value) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, value, "metadata", "annotations", annotation);
        place.ask(() -> place.cluster().mergePatch(key(), patch, ClusterPlace.MANAGER));
    }

    /** Restores a revision by a PipelineRollback, and waits until it is in force. */
    Map<String, @Nullable Object> rollback(long to, String reason, boolean removed) {
        Map<String, @Nullable Object> rollback =
                map("apiVersion", PipelineSync.API_VERSION, "kind", PipelineRollback.KIND);
        Tree.set(rollback, chosen().namespace(), "metadata", "namespace");
        Tree.set(rollback, chosen().name() + "-", "metadata", "generateName");
        Tree.set(rollback, chosen().name(), "spec", "sync");
        Tree.set(rollback, reason, "spec", "reason");
        Tree.set(rollback, user(), "spec", "actor");
        if (to > 0) {
            Tree.set(rollback, to, "spec", "to");
        }
        if (removed) {
            Tree.set(rollback, PipelineRollback.Until.REMOVED.toString(), "spec", "until");
        }
        Map<String, @Nullable Object> made = place.ask(() -> place.cluster().create(rollback, ClusterPlace.MANAGER));
        String name = Tree.text(made, "metadata", "name");
        ObjectKey key = new ObjectKey(PipelineSync.GROUP, PipelineRollback.KIND, place.namespace(), name);
        return place.await("PipelineRollback " + name + " is in force", () -> outcome(key));
    }

    private Optional<Map<String, @Nullable Object>> outcome(ObjectKey key) throws ClusterException {
        Map<String, @Nullable Object> now = place.cluster()
                .get(key)
                .orElseThrow(() ->
                        place.error(CommandException.WRONG, key.display() + " was deleted before it came into force"));
        Map<String, @Nullable Object> ready = ready(now);
        String reason = Tree.text(ready, "reason");
        if (Tree.text(ready, "status").equals("True")) {
            return Optional.of(map(
                    "rollback", key.name(),
                    "revision", Tree.at(now, "status", "revision"),
                    "commit", Tree.text(now, "status", "restored", "commit"),
                    "message",
                            Tree.text(ready, "message")
                                    + "; sync stays on, and the content rolled back from is held until Git brings other"
                                    + " content"));
        }
        boolean stalled = Tree.maps(now, "status", "conditions").stream()
                .anyMatch(condition -> Tree.text(condition, "type").equals("Stalled")
                        && Tree.text(condition, "status").equals("True"));
        if (stalled) {
            throw place.error(
                    CommandException.WRONG,
                    "the rollback is not in force, " + reason + ": " + Tree.text(ready, "message")
                            + "; it is tried again when the sync changes; to give it up: kubectl -n "
                            + key.namespace() + " delete pipelinerollback " + key.name());
        }
        return Optional.empty();
    }

    /** The caller, as the API server knows it. */
    private String user() {
        Map<String, @Nullable Object> review =
                map("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview");
        return Tree.text(
                place.ask(() -> place.cluster().create(review, ClusterPlace.MANAGER)),
                "status",
                "userInfo",
                "username");
    }

    private ObjectKey key() {
        return new ObjectKey(PipelineSync.GROUP, PipelineSync.KIND, chosen().namespace(), chosen().name());
    }

    private Map<String, @Nullable Object> resource() {
        return place.ask(() -> place.cluster().get(key()))
                .orElseThrow(() -> place.error(
                        CommandException.WRONG,
                        "there is no PipelineSync " + chosen().name() + "; `plumbline sync list` lists them"));
    }

    private static Map<String, @Nullable Object> ready(Map<String, @Nullable Object> object) {
        return Tree.maps(object, "status", "conditions").stream()
                .filter(condition -> Tree.text(condition, "type").equals("Ready"))
                .findFirst()
                .orElse(Map.of());
    }

    /** Where a sync stands, in the form in which the local one says it. */
    private static Map<String, @Nullable Object> standing(Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> status = Tree.map(object, "status");
        Map<String, @Nullable Object> ready = ready(object);
        Map<String, @Nullable Object> applied = Tree.map(status, "appliedRevision");
        String ref = Tree.map(object, "spec", "source", "ref").entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
        return map(
                "sync", PipelineSync.read(object).id().toString(),
                "url", Tree.text(object, "spec", "source", "url"),
                "branch", ref,
                "path", Tree.text(object, "spec", "path"),
                "state", state(ready).name(),
                "reason", Tree.text(ready, "reason"),
                "ready", Tree.text(ready, "status"),
                "message", Tree.text(ready, "message"),
                "next", Tree.text(status, "next"),
                "head", commit(Tree.text(status, "observedCommit"), Map.of()),
                "applied", commit(Tree.text(applied, "commit"), applied),
                "objects", Objects.requireNonNullElse(status.get("inventorySize"), 0L),
                "confirmation", Tree.text(status, "confirmation"),
                "findings", List.of());
    }

    /** The reason in one of the words of every sync, also one of a newer controller. */
    private static State state(Map<String, @Nullable Object> ready) {
        State otherwise = switch (Tree.text(ready, "status")) {
            case "True" -> State.SYNCED;
            case "False" -> State.FAILED;
            default -> State.STARTING; // No controller has looked at it yet.
        };
        return Reason.of(Tree.text(ready, "reason")).map(State::of).orElse(otherwise);
    }

    private static Map<String, @Nullable Object> commit(String id, Map<String, @Nullable Object> revision) {
        return id.isEmpty()
                ? Map.of()
                : map(
                        "commit",
                        id,
                        "subject",
                        "",
                        "revision",
                        revision.get("revision"),
                        "release",
                        Tree.text(revision, "digest"));
    }
}
