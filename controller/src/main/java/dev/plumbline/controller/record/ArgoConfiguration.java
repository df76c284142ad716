package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.provenance.WorkflowDefaults;
import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code workflowDefaults} of the ConfigMap that Argo's controller is configured by. They are looked at when runs are seen,
 * and each change is kept in the store, so that a run is judged by what was in force when Argo took it up, which it does once.
 */
public final class ArgoConfiguration implements DefaultsHistory {

    /** Most changes that are kept; what is older is not known any more. */
    static final int MAX_SPELLS = 50;

    /** How it is where the cluster serves no Workflows. */
    static final String NO_ARGO =
            "Argo Workflows is not installed in this cluster; runs are watched and recorded once it is";

    private static final String SCHEMA = "plumbline.dev/argo-defaults/v1";
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final ClusterReader cluster;
    private final ObjectKey configMap;
    private final RefStore refs;
    private final String ref;
    private final InstantSource clock;
    private final RunEvents events;
    private final List<Spell> spells = new ArrayList<>();
    private @Nullable Instant looked;
    private boolean loaded;

    /**
     * Nothing is read yet.
     *
     * @param configMap the ConfigMap of Argo's controller
     * @param ref name of the ref that keeps what it was
     */
    public ArgoConfiguration(
            ClusterReader cluster,
            ObjectKey configMap,
            RefStore refs,
            String ref,
            InstantSource clock,
            RunEvents events) {
        this.cluster = cluster;
        this.configMap = configMap;
        this.refs = refs;
        this.ref = ref;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Defaults that stayed the same.
     *
     * @param spec what they were
     * @param from when they were seen first
     * @param until when they were seen last
     */
    private record Spell(Map<String, @Nullable Object> spec, Instant from, Instant until) {}

    @Override
    public synchronized void look() throws ClusterException, StoreException {
        Instant now = clock.instant();
        if (looked != null && now.isBefore(looked.plus(FRESH)) && !now.isBefore(looked)) {
            return;
        }
        load();
        Optional<Map<String, @Nullable Object>> spec = read();
        if (spec.isPresent()) {
            seen(spec.get(), now);
        }
        looked = now;
    }

    @Override
    public synchronized WorkflowDefaults between(Instant created, Instant started) {
        List<Map<String, @Nullable Object>> candidates = new ArrayList<>();
        // Both moments are told in whole seconds, and by clocks that may disagree.
        Instant end = (started.isAfter(created) ? started : created).plusSeconds(1);
        for (int i = 0; i < spells.size(); i++) {
            Instant from = i == 0 ? spells.get(i).from() : spells.get(i - 1).until();
            boolean over = i + 1 < spells.size() && spells.get(i + 1).from().isBefore(created);
            if (!over && !from.isAfter(end)) {
                candidates.addFirst(spells.get(i).spec());
            }
        }
        if (candidates.isEmpty()) {
            return spells.isEmpty()
                    ? WorkflowDefaults.UNKNOWN
                    : WorkflowDefaults.among(List.of(spells.getFirst().spec()), false);
        }
        return WorkflowDefaults.among(candidates, !spells.getFirst().from().isAfter(created.plusSeconds(1)));
    }

    private void seen(Map<String, @Nullable Object> spec, Instant now) throws StoreException {
        Spell last = spells.isEmpty() ? null : spells.getLast();
        if (last != null && last.spec().equals(spec)) {
            spells.set(spells.size() - 1, new Spell(spec, last.from(), now));
            return;
        }
        spells.add(new Spell(spec, now, now));
        while (spells.size() > MAX_SPELLS) {
            spells.removeFirst();
        }
        save();
    }

    /** Empty when it is not known what Argo is configured by. */
    private Optional<Map<String, @Nullable Object>> read() throws ClusterException {
        Optional<Map<String, @Nullable Object>> object;
        try {
            object = cluster.get(configMap);
        } catch (ClusterException e) {
            if (e.retryable()) {
                throw e;
            }
            unknown(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (object.isEmpty()) {
            missing();
            return Optional.empty();
        }
        return parse(Tree.map(object.get(), "data"));
    }

    /** Without Argo nothing is missing. Any Workflow will do: what counts is whether the cluster knows the kind. */
    private void missing() throws ClusterException {
        try {
            var _ = cluster.get(new ObjectKey(Recorder.GROUP, Recorder.KIND, configMap.namespace(), configMap.name()));
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.UNSUPPORTED) {
                events.state(NO_ARGO);
                return;
            }
            if (e.retryable()) {
                throw e;
            }
        }
        unknown("it is not there");
    }

    private void unknown(String why) {
        events.trouble("tried to read Argo's workflowDefaults in ConfigMap " + configMap.namespace() + "/"
                + configMap.name() + ", failed because " + why
                + "; without them what a run executed may be unverifiable: name that ConfigMap with --argo-config");
    }

    private Optional<Map<String, @Nullable Object>> parse(Map<String, @Nullable Object> data) {
        boolean old = data.containsKey("config");
        YamlDocuments yaml = YamlParser.parse(
                Location.of(configMap.display()), Tree.text(data, old ? "config" : "workflowDefaults"));
        if (yaml.broken()) {
            unknown("its YAML is broken");
            return Optional.empty();
        }
        Object tree =
                yaml.documents().isEmpty() ? null : yaml.documents().getFirst().value();
        return Optional.of(Tree.map(tree, old ? new String[] {"workflowDefaults", "spec"} : new String[] {"spec"}));
    }

    private void load() throws StoreException {
        if (loaded) {
            return;
        }
        Optional<byte[]> kept = refs.read(ref);
        if (kept.isPresent()) {
            try {
                Map<String, @Nullable Object> tree = Json.parseObject(kept.get());
                if (!SCHEMA.equals(tree.get("schema"))) {
                    throw new JsonException("its schema is " + tree.get("schema") + " and not " + SCHEMA);
                }
                for (Map<String, @Nullable Object> spell : Tree.maps(tree, "spells")) {
                    spells.add(new Spell(
                            Tree.map(spell, "spec"),
                            Instant.parse(Tree.text(spell, "from")),
                            Instant.parse(Tree.text(spell, "until"))));
                }
            } catch (JsonException | java.time.format.DateTimeParseException e) {
                throw new StoreException(ref + " cannot be read: " + e.getMessage() + "; check the store", false, e);
            }
        }
        loaded = true;
    }

    private void save() throws StoreException {
        List<@Nullable Object> list = new ArrayList<>();
        for (Spell spell : spells) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("spec", spell.spec());
            tree.put("from", spell.from().toString());
            tree.put("until", spell.until().toString());
            list.add(tree);
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("spells", list);
        byte[] value = Json.bytes(tree);
        while (true) {
            byte[] before = refs.read(ref).orElse(null);
            if (refs.compareAndSet(ref, before, value)) {
                return;
            }
        }
    }
}
