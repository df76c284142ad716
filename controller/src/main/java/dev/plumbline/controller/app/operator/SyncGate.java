package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.reconcile.HeadGate;
import dev.plumbline.controller.spec.FreezeWindow;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.status.Wait;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * New commits wait while a freeze window is open, while a rollback holds until it is removed, and until every sync in
 * {@code dependsOn} is ready.
 */
final class SyncGate implements HeadGate {

    /** Syncs that are visited when a circle is looked for. */
    private static final int MAX_VISITED = 1000;

    private final PipelineSync resource;
    private final CustomResources syncs;
    private final CustomResources rollbacks;
    private final InstantSource clock;

    SyncGate(PipelineSync resource, Parts parts) {
        this.resource = resource;
        this.syncs = parts.syncs();
        this.rollbacks = parts.rollbacks();
        this.clock = parts.clock();
    }

    @Override
    public Optional<Wait> closed() {
        Instant now = clock.instant();
        List<FreezeWindow> windows = resource.spec().windows();
        Optional<Instant> until = FreezeWindow.frozenUntil(windows, now);
        if (until.isPresent()) {
            String why = windows.stream()
                    .filter(window -> window.openUntil(now).isPresent())
                    .map(FreezeWindow::reason)
                    .findFirst()
                    .orElse("");
            return Optional.of(new Wait(Reason.FROZEN, "frozen until " + until.get() + ": " + why, until.get(), null));
        }
        Optional<Wait> held = Rollbacks.hold(rollbacks, resource.id());
        if (held.isPresent()) {
            return held;
        }
        if (dependsOnItself()) {
            return Optional.of(Wait.of(
                    Reason.DEPENDENCY_CYCLE,
                    "spec.dependsOn leads back to " + resource.id() + "; remove one of the links"));
        }
        return resource.spec().dependsOn().stream()
                .flatMap(id -> notReady(id).stream())
                .findFirst()
                .map(why -> Wait.of(Reason.WAITING_FOR_DEPENDENCIES, why));
    }

    private Optional<String> notReady(SyncId id) {
        Optional<Map<String, @Nullable Object>> other = syncs.get(key(id));
        if (other.isEmpty()) {
            return Optional.of("it depends on " + id + ", which is not there");
        }
        boolean current = String.valueOf(Tree.at(other.get(), "metadata", "generation"))
                .equals(String.valueOf(Tree.at(other.get(), "status", "observedGeneration")));
        boolean ready = Tree.maps(other.get(), "status", "conditions").stream()
                .anyMatch(condition -> "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
        return current && ready ? Optional.empty() : Optional.of("it depends on " + id + ", which is not ready");
    }

    private boolean dependsOnItself() {
        Deque<SyncId> open = new ArrayDeque<>(resource.spec().dependsOn());
        Set<SyncId> visited = new HashSet<>();
        while (!open.isEmpty() && visited.size() < MAX_VISITED) {
            SyncId id = open.remove();
            if (id.equals(resource.id())) {
                return true;
            }
            if (visited.add(id)) {
                syncs.get(key(id))
                        .ifPresent(other ->
                                open.addAll(PipelineSync.read(other).spec().dependsOn()));
            }
        }
        return false;
    }

    static ObjectKey key(SyncId id) {
        return new ObjectKey(PipelineSync.GROUP, PipelineSync.KIND, id.namespace(), id.name());
    }
}
