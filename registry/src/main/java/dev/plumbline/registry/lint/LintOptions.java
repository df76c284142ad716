package dev.plumbline.registry.lint;

import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.validate.Rule;
import dev.plumbline.registry.validate.Rules;
import java.util.List;
import java.util.Set;

/**
 * What is checked, and by what.
 *
 * @param overlays folders of kustomizations that are rendered; none given means those of the configuration, else every one that no
 *     other one names
 * @param roots files and folders that are checked as they are; none given means the whole repository, where only objects of Argo
 *     count as examples. With overlays and without roots no examples are looked for.
 * @param declared keys of objects that are in the cluster without being in the repository, beside those of the configuration
 * @param rules the rules
 * @param argo the version of Argo that is to run the objects
 */
public record LintOptions(
        List<String> overlays, List<String> roots, Set<ObjectKey> declared, List<Rule> rules, ArgoVersion argo) {

    /** The whole repository by the standard rules. */
    public static final LintOptions STANDARD =
            new LintOptions(List.of(), List.of(), Set.of(), Rules.standard(), ArgoVersion.DEFAULT);

    /** Keeps its own copies. */
    public LintOptions {
        overlays = List.copyOf(overlays);
        roots = List.copyOf(roots);
        declared = Set.copyOf(declared);
        rules = List.copyOf(rules);
    }

    /** The same with these overlays. */
    public LintOptions withOverlays(List<String> other) {
        return new LintOptions(other, roots, declared, rules, argo);
    }

    /** The same with these files and folders. */
    public LintOptions withRoots(List<String> other) {
        return new LintOptions(overlays, other, declared, rules, argo);
    }

    /** The same for this version of Argo. */
    public LintOptions withArgo(ArgoVersion other) {
        return new LintOptions(overlays, roots, declared, rules, other);
    }
}
