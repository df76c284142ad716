package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.List;

/**
 * How one build treats Argo's objects. With the option it does what plain kustomize leaves undone and reports each difference;
 * without, it changes nothing and warns where plain kustomize does damage.
 */
final class ArgoAwareness {

    /** Most differences and warnings of one build; a further one says that there are more. */
    static final int MAX_REPORTED = 1_000;

    /** What mends everything at once. */
    static final String OPTION = "render with Argo awareness (argo: true, --argo)";

    private final RenderOptions options;
    private final Problems problems;
    private int reported;

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

    /** Says that the rendering is not what plain kustomize makes here. */
    void difference(Location place, String message) {
        report("render-argo-difference", Severity.ADVICE, place, message, "");
    }

    /** Warns of damage, with what mends it. */
    void damage(String rule, Location place, String message, String fix) {
        report(rule, Severity.WARNING, place, message, fix);
    }

    private void report(String rule, Severity severity, Location place, String message, String fix) {
        if (reported < MAX_REPORTED) {
            problems.add(new Finding(rule, severity, place, null, message, fix));
        } else if (reported == MAX_REPORTED) {
            problems.add(new Finding(
                    rule, severity, place, null, "more than " + MAX_REPORTED + " of these; the others are not listed", fix));
        }
        reported++;
    }
}
