package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link NameReferences} over objects that are shared. What became of an object is remembered with the names that were
 * looked up for it, and used again where the object is the same and each of those names still means objects of the same ids,
 * prefixes and suffixes: of other objects nothing else is looked at.
 */
final class FixedNames {

    /** What became of one object. */
    private record Fixed(
            Resource result,
            Set<String> asked,
            boolean askedForNamespaces,
            List<YamlNode> written,
            List<Finding> findings) {}

    /**
     * What became of all objects of a build.
     *
     * @param references where references stand
     * @param named the objects that may be meant
     * @param after the same when references are fixed
     * @param fixed what became of each object
     */
    record Results(List<NameReference> references, NamedObjects named, NamedObjects after, Aligned<Object> fixed) {

        /** About how many bytes it takes. */
        long bytes() {
            long sum = 0;
            for (Object one : fixed.values()) {
                sum += BYTES_PER_OBJECT + ((Fixed) one).result().bytes();
            }
            return sum;
        }
    }

    private static final long BYTES_PER_OBJECT = 500;

    private final Resources resources;
    private final List<NameReference> references;
    private final Problems problems;

    /** What was written in place of a name; nodes, not texts. */
    private final Set<YamlNode> written = Collections.newSetFromMap(new IdentityHashMap<>());

    private NamedObjects after = NamedObjects.of(List.of());

    FixedNames(Resources resources, List<NameReference> references, Problems problems) {
        this.resources = resources;
        this.references = references;
        this.problems = problems;
    }

    /**
     * Fixes all references.
     *
     * @param old what an earlier build made; null where there is none
     * @return what this one made, for the next; null where it is of no use
     */
    @Nullable
    Results fix(@Nullable Results old) {
        List<Resource> list = resources.list();
        NamedObjects named = NamedObjects.of(list, old == null ? null : old.named());
        NameReferences names = new NameReferences(resources, named, references, problems);
        Results usable = old != null && old.references().equals(references) ? old : null;
        Set<String> changed = usable == null ? Set.of() : named.changedSince(usable.named());
        Aligned<Object> fixed = new Aligned<>(list.size());
        List<Resource> results = new ArrayList<>(list.size());
        for (Resource resource : list) {
            Object known = usable == null ? null : usable.fixed().get(resource, fixed.size());
            Fixed one =
                    usable != null && known instanceof Fixed before && isStill(before, changed, named, usable.named())
                            ? before
                            : fix(resource, names);
            if (!one.result().id().equals(resource.id())) {
                return oneAfterTheOther();
            }
            fixed.add(resource, one);
            results.add(one.result());
        }
        for (Object one : fixed.values()) {
            problems.addAll(((Fixed) one).findings());
            written.addAll(((Fixed) one).written());
        }
        list.clear();
        list.addAll(results);
        after = NamedObjects.of(list, old == null ? null : old.after());
        return new Results(references, named, after, fixed);
    }

    private static boolean isStill(Fixed known, Set<String> changed, NamedObjects named, NamedObjects before) {
        return (changed.isEmpty() || known.asked().isEmpty() || Collections.disjoint(known.asked(), changed))
                && (!known.askedForNamespaces() || named.sameNamespaces(before));
    }

    private Fixed fix(Resource resource, NameReferences names) {
        Resource copy = resource.changeable();
        problems.setAside();
        names.fix(copy);
        List<Finding> findings = List.copyOf(problems.takenAside());
        return new Fixed(
                copy.shared(),
                Set.copyOf(names.takeAsked()),
                names.takeAskedForNamespaces(),
                List.copyOf(names.takeWritten()),
                findings);
    }

    /** Where references change ids themselves, later objects must see it. */
    private @Nullable Results oneAfterTheOther() {
        resources.change();
        NameReferences names = new NameReferences(resources, NamedObjects.of(resources.list()), references, problems);
        names.fixAll();
        written.addAll(names.takeWritten());
        resources.share();
        after = NamedObjects.of(resources.list());
        return null;
    }

    /** The objects that had a name before they were renamed, as they are now. */
    List<Resource> previouslyNamed(String name) {
        return after.named(name);
    }

    /** Whether this text stands in place of another that was a name. */
    boolean wrote(YamlNode node) {
        return written.contains(node);
    }
}
