package dev.plumbline.controller.apply;

import dev.plumbline.controller.diff.IgnoreRules;
import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Desired;
import dev.plumbline.controller.plan.OtherSyncs;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.plan.PlanInput;
import dev.plumbline.controller.plan.PlanRules;
import dev.plumbline.controller.plan.Planner;
import dev.plumbline.controller.spec.DeletionBudget;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A sync without a repository: plans and applies given content, and keeps its inventory as the corridor does. */
public final class TestSync {

    private static final CommitId COMMIT = new CommitId("7fd1a60b01f91b314f59955a4e4d4e80d8edf11d");

    final SyncId id;
    private final ClusterReader reader;
    private final ClusterWriter writer;
    Inventory inventory = Inventory.empty();
    PlanRules rules = PlanRules.STANDARD;
    OtherSyncs others = OtherSyncs.NONE;
    BooleanSupplier cancelled = () -> false;
    private List<Manifest> wanted = List.of();

    /** A sync that owns nothing yet. */
    public TestSync(String name, ClusterReader reader, ClusterWriter writer) {
        this.id = new SyncId("contract", name);
        this.reader = reader;
        this.writer = writer;
    }

    /** What the next plans want. */
    public TestSync wants(String... json) throws JsonException {
        List<Manifest> manifests = new ArrayList<>();
        for (String one : json) {
            manifests.add(Manifest.of(Json.parseObject(one.replace('\'', '"')), Origin.of(Location.of("test.yaml"))));
        }
        wanted = manifests;
        return this;
    }

    /** What is to be done now. */
    public Plan plan() throws ClusterException {
        Set<ObjectKey> keys = new TreeSet<>(inventory.items().keySet());
        wanted.forEach(manifest -> keys.add(manifest.key()));
        Map<ObjectKey, Map<String, @Nullable Object>> live = new HashMap<>();
        for (ObjectKey key : keys) {
            read(key).ifPresent(object -> live.put(key, object));
        }
        return Planner.plan(new PlanInput(
                id,
                COMMIT,
                Digest.of("release"),
                wanted.stream()
                        .map(manifest -> new Desired(manifest, id, COMMIT, false))
                        .toList(),
                inventory,
                live,
                Map.of(),
                Set.of(),
                new DeletionBudget(100, 100),
                null,
                rules,
                others));
    }

    /** A kind that is about to be defined has no objects yet. */
    private Optional<Map<String, @Nullable Object>> read(ObjectKey key) throws ClusterException {
        try {
            return reader.get(key);
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.UNSUPPORTED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Applies a plan, and keeps what is owned afterwards. */
    public ApplyResult apply(Plan plan) {
        return apply(plan, Gate.OPEN);
    }

    /** The same with a gate between waves. */
    public ApplyResult apply(Plan plan, Gate gate) {
        Inventory claimed =
                inventory.including(plan.changes().stream().map(Change::key).toList());
        Applier.Setup setup = new Applier.Setup(
                reader,
                writer,
                gate,
                key -> Optional.ofNullable(others.claims().get(key)),
                IgnoreRules.STANDARD,
                new InFlight(InFlight.SYNC),
                new InFlight(InFlight.CLUSTER),
                Pause.SLEEP);
        ApplyResult result = new Applier(setup).apply(plan, claimed, cancelled);
        inventory = result.inventory();
        return result;
    }

    /** Plans and applies, and insists that it succeeds. */
    public ApplyResult apply() throws ClusterException {
        ApplyResult result = apply(plan());
        if (!result.complete()) {
            throw new AssertionError(result.failures().toString());
        }
        return result;
    }

    /** The one change of a plan. */
    public Change only() throws ClusterException {
        List<Change> changes = plan().changes();
        if (changes.size() != 1) {
            throw new AssertionError("expected one change but found " + changes);
        }
        return changes.getFirst();
    }
}
