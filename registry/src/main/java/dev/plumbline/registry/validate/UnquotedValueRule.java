package dev.plumbline.registry.validate;

import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Set;

/** Values of parameters and environment variables are text: a v4 cluster refuses a bare number or boolean. */
final class UnquotedValueRule implements Rule {

    private static final Set<String> LISTS = Set.of("parameters", "env");
    private static final Set<String> FIELDS = Set.of("value", "default", "enum");

    @Override
    public String id() {
        return "unquoted-value";
    }

    @Override
    public Group group() {
        return Group.SERVER;
    }

    @Override
    public String description() {
        return "Values of parameters and environment variables are text.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        Leaves.walk(argo.spec().tree(), argo.path(), (path, value) -> {
            if ((value instanceof Number || value instanceof Boolean) && isValue(path) && !report.hasError(path)) {
                report.add(
                        path,
                        "the value " + value + " is not text, and a cluster with Argo's full schema refuses it",
                        "put it in quotes");
            }
        });
    }

    /** Whether a path ends in {@code parameters[i].value}, {@code parameters[i].enum[j]} or the like. */
    private static boolean isValue(List<String> path) {
        int last = path.size() - 1;
        int field = last > 0 && path.get(last - 1).equals("enum") ? last - 1 : last;
        return field >= 2 && FIELDS.contains(path.get(field)) && LISTS.contains(path.get(field - 2));
    }
}
