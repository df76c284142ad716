package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one build treats Argo's objects. With the option it does what plain kustomize leaves undone and reports each difference;
 * without, it changes nothing and warns where plain kustomize does damage.
 */
final class ArgoAwareness {

    /** With what the rules of its findings begin. */
    private static final String RULES = "render-argo-";

    /** What mends everything at once. */
    static final String OPTION = "render with Argo awareness (argo: true, --argo)";

    private final RenderOptions options;
    private final Problems problems;
    private final Map<String, List<Removed>> removed = new HashMap<>();
    private final List<Removed> inOrder = new ArrayList<>();

    /**
     * An object that a patch removed.
     *
     * @param ids all that it was called
     * @param by the patch
     */
    record Removed(List<Id> ids, Location by) {}

    ArgoAwareness(RenderOptions options, Problems problems) {
        this.options = options;
        this.problems = problems;
    }

    boolean on() {
        return options.argo();
    }

    /** The same transformers, each of them watched where it may do damage. */
    List<Transformer> watching(List<Transformer> transformers) {
        List<Transformer> watched = new ArrayList<>(transformers.size());
        for (Transformer transformer : transformers) {
            switch (transformer) {
                case ImageTransformer images -> watched.add(new ArgoImages(images, this));
                case PatchTransformer patch -> {
                    patch.watch(this);
                    watched.add(patch);
                }
                default -> watched.add(transformer);
            }
        }
        return watched;
    }

    /** Remembers an object that a patch is about to remove. */
    void removing(Resource resource, Location by) {
        removed(new Removed(List.copyOf(resource.ids()), by));
    }

    /** Remembers an object that was removed, also by an earlier build that made the same. */
    void removed(Removed gone) {
        inOrder.add(gone);
        for (Id id : gone.ids()) {
            removed.computeIfAbsent(id.name(), _ -> new ArrayList<>()).add(gone);
        }
    }

    /** All removed objects so far, in order. */
    List<Removed> removed() {
        return inOrder;
    }

    /** Removed objects that had a name. */
    List<Removed> removed(String name) {
        return removed.getOrDefault(name, List.of());
    }

    /** Says that the rendering is not what plain kustomize makes here. */
    void difference(Location place, String message) {
        report("render-argo-difference", Severity.ADVICE, place, message, "");
    }

    /** Warns of damage, with what mends it. */
    void damage(String rule, Location place, String message, String fix) {
        report(rule, Severity.WARNING, place, message, fix);
    }

    private void report(String rule, Severity severity, Location place, String message, String fix) {
        problems.add(new Finding(rule, severity, place, null, message, fix));
    }

    /** Whether this is a difference from plain kustomize or a damage that it does. */
    static boolean reports(Finding finding) {
        return finding.rule().startsWith(RULES);
    }
}
