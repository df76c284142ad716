package dev.plumbline.registry.validate;

import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object fits into a cluster's store, with room for what the cluster adds to it. */
final class ObjectSizeRule implements Rule {

    /** Kubernetes' own bound for ConfigMaps and Secrets, and near etcd's bound for a request (1.5 MiB). */
    static final long MAX_CHARACTERS = 1024 * 1024;

    @Override
    public String id() {
        return "object-size";
    }

    @Override
    public Group group() {
        return Group.SERVER;
    }

    @Override
    public String description() {
        return "An object fits into a cluster's store.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        long size = set.size(object);
        if (size > MAX_CHARACTERS) {
            report.add(
                    List.of(),
                    object.key().display() + " holds about " + size / 1024 + " KiB of text, and a cluster accepts "
                            + MAX_CHARACTERS / 1024 + " KiB",
                    "split it, or keep large files outside Git and name them by digest");
        }
    }

    static long size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length() + 2L;
            case Map<?, ?> map -> {
                long sum = 0;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    sum += String.valueOf(entry.getKey()).length() + 4L + size(entry.getValue());
                }
                yield sum;
            }
            case List<?> list -> {
                long sum = 0;
                for (Object element : list) {
                    sum += 1 + size(element);
                }
                yield sum;
            }
            case null, default -> 5;
        };
    }
}
