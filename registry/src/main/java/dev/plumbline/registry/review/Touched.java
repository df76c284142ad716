package dev.plumbline.registry.review;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.provenance.ModelsOfRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which models and schedules a change of some objects touches, also through templates, configuration and accounts in between. */
final class Touched {

    private final Set<ObjectKey> changed = new HashSet<>();
    private final Map<ObjectKey, Manifest> before = new HashMap<>();
    private final Map<ObjectKey, Manifest> after = new HashMap<>();
    private final Map<ObjectKey, Set<ObjectKey>> uses = new HashMap<>();

    /**
     * Of one environment.
     *
     * @param after all of its objects after the change
     */
    Touched(Collection<Manifest> after, Collection<ObjectChange> changes) {
        after.forEach(object -> this.after.put(object.key(), object));
        for (ObjectChange change : changes) {
            changed.add(change.key());
            if (change.before() != null) {
                before.put(change.key(), change.before());
            }
        }
    }

    /** The models, by what produces them. */
    List<TouchedModel> models() {
        List<TouchedModel> models = new ArrayList<>();
        for (Manifest object : touchable()) {
            Set<ObjectKey> reached = isProducer(object.key()) ? reached(object) : Set.of();
            List<ObjectKey> causes = causes(reached);
            if (!causes.isEmpty() && reached.stream().anyMatch(this::registersModels)) {
                models.add(new TouchedModel(object.key(), object.origin().resource(), modelName(object), causes));
            }
        }
        models.sort(Comparator.comparing(TouchedModel::producer));
        return models;
    }

    /** The schedules, by CronWorkflow. */
    List<TouchedSchedule> schedules() {
        List<TouchedSchedule> schedules = new ArrayList<>();
        for (Manifest object : touchable()) {
            ObjectKey key = object.key();
            List<ObjectKey> causes = isOf(key, ArgoKinds.CRON_WORKFLOW) ? causes(reached(object)) : List.of();
            if (!causes.isEmpty()) {
                Manifest now = after.get(key);
                Manifest then = changed.contains(key) ? before.get(key) : now;
                schedules.add(new TouchedSchedule(
                        key,
                        object.origin().resource(),
                        then == null ? "" : ScheduleWords.of(then),
                        now == null ? "" : ScheduleWords.of(now),
                        causes));
            }
        }
        schedules.sort(Comparator.comparing(TouchedSchedule::schedule));
        return schedules;
    }

    /** What is there after the change, and what it removes. */
    private Collection<Manifest> touchable() {
        if (changed.isEmpty()) {
            return List.of();
        }
        Map<ObjectKey, Manifest> all = new HashMap<>(before);
        all.putAll(after);
        return all.values();
    }

    private List<ObjectKey> causes(Set<ObjectKey> reached) {
        return reached.stream().filter(changed::contains).sorted().toList();
    }

    /** An object and everything that it uses, over all links. */
    private Set<ObjectKey> reached(Manifest from) {
        Set<ObjectKey> reached = new HashSet<>(Set.of(from.key()));
        Deque<ObjectKey> left = new ArrayDeque<>(reached);
        while (!left.isEmpty()) {
            for (ObjectKey next : uses.computeIfAbsent(left.remove(), this::uses)) {
                if (reached.add(next)) {
                    left.add(next);
                }
            }
        }
        return reached;
    }

    private Set<ObjectKey> uses(ObjectKey user) {
        Set<ObjectKey> used = new HashSet<>();
        Manifest object = after.getOrDefault(user, before.get(user));
        if (object != null) {
            References.of(object.content()).stream()
                    .filter(reference -> !reference.dynamic())
                    .map(Reference::target)
                    .forEach(used::add);
        }
        return used;
    }

    /** As the recorder decides it from the outputs of a run. */
    private boolean registersModels(ObjectKey key) {
        Manifest object = after.getOrDefault(key, before.get(key));
        return object != null
                && key.group().equals(ArgoKinds.GROUP)
                && WorkflowSpec.of(object.content()).templates().stream()
                        .map(Template::outputParameters)
                        .flatMap(List::stream)
                        .anyMatch(output -> ModelsOfRun.namesModel(output.name()));
    }

    /** What it says itself, else what the template says that it runs as a whole. */
    private String modelName(Manifest object) {
        WorkflowSpec spec = WorkflowSpec.of(object.content());
        TemplateRef whole = spec.workflowTemplateRef();
        Manifest template =
                whole == null ? null : after.get(whole.key(object.key().namespace()));
        List<Parameter> parameters = new ArrayList<>(spec.parameters());
        if (template != null) {
            parameters.addAll(WorkflowSpec.of(template.content()).parameters());
        }
        for (Parameter parameter : parameters) {
            String value = parameter.effective();
            if (value != null && ModelsOfRun.namesModel(parameter.name())) {
                return value;
            }
        }
        return "";
    }

    private static boolean isProducer(ObjectKey key) {
        return isOf(key, ArgoKinds.WORKFLOW_TEMPLATE)
                || isOf(key, ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE)
                || isOf(key, ArgoKinds.CRON_WORKFLOW);
    }

    private static boolean isOf(ObjectKey key, String kind) {
        return key.group().equals(ArgoKinds.GROUP) && key.kind().equals(kind);
    }
}
