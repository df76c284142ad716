package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that Argo's validation refuses in the objects of a rendering, each object walked once. */
public final class ArgoValidation {

    private static final Set<String> WITH_SPEC = Set.of(
            ArgoKinds.WORKFLOW,
            ArgoKinds.WORKFLOW_TEMPLATE,
            ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE,
            ArgoKinds.CRON_WORKFLOW);

    private final Function<ObjectKey, @Nullable Manifest> lookup;
    private final ArgoVersion version;
    private final IdentityHashMap<Manifest, Problems> walked = new IdentityHashMap<>();

    /**
     * A validation.
     *
     * @param lookup finds the objects that templates are looked up in; null for what the rendering does not have
     * @param version the version of Argo
     */
    public ArgoValidation(Function<ObjectKey, @Nullable Manifest> lookup, ArgoVersion version) {
        this.lookup = lookup;
        this.version = version;
    }

    /**
     * The problems of an object, in the order in which they are met; none for an object that is not Argo's. A problem in a template
     * of another object is one of this object only when that object alone does not have it.
     */
    public List<Problem> of(Manifest object) {
        Problems problems = walk(object);
        List<Problem> all = new ArrayList<>(problems.own());
        IdentityHashMap<Manifest, Set<Problem>> others = new IdentityHashMap<>();
        Set<List<String>> told = new HashSet<>();
        for (Problems.Foreign foreign : problems.foreign()) {
            Set<Problem> own = others.computeIfAbsent(
                    foreign.owner(), other -> new HashSet<>(walk(other).own()));
            List<String> path = foreign.call().place().path();
            if (!own.contains(foreign.problem()) && told.add(path)) {
                all.add(new Problem(
                        foreign.problem().rule(),
                        path,
                        foreign.call().words() + " runs a template of "
                                + foreign.owner().key().display() + " that does not fit here: "
                                + foreign.problem().message(),
                        foreign.problem().fix()));
            }
        }
        return all;
    }

    /**
     * What would be refused in the metrics of a workflow as a whole if they stood in a template.
     *
     * @param spec a WorkflowSpec
     * @param path where it stands in the object
     */
    public static List<Problem> metricsOf(Manifest object, Map<String, @Nullable Object> spec, List<String> path) {
        Problems problems = new Problems(object);
        MetricChecks.check(spec, Place.root(object).at(path.toArray(String[]::new)), "spec", problems);
        return problems.own();
    }

    private Problems walk(Manifest object) {
        Problems known = walked.get(object);
        if (known == null) {
            known = new Problems(object);
            walked.put(object, known);
            if (object.key().group().equals(ArgoKinds.GROUP)) {
                check(object, known);
            }
        }
        return known;
    }

    private void check(Manifest object, Problems problems) {
        String kind = object.key().kind();
        Place place = Place.root(object);
        if (!WITH_SPEC.contains(kind) && !kind.equals(ArgoKinds.WORKFLOW_EVENT_BINDING)) {
            return;
        }
        Map<String, @Nullable Object> content = new Decoding(problems, version).object(object.content(), kind, place);
        if (kind.equals(ArgoKinds.CRON_WORKFLOW)) {
            CronChecks.check(object.content(), place, problems, version);
        }
        if (WITH_SPEC.contains(kind)) {
            SpecChecks.check(object, content, new TemplateWalk(problems, lookup, object.key()));
        }
    }
}
