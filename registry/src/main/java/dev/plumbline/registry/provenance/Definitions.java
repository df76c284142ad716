package dev.plumbline.registry.provenance;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds, in a content, the object that holds something. What is computed of an object is remembered by its digest, for the
 * objects used last. Many threads may use one.
 */
final class Definitions {

    /** Most objects whose forms are remembered. */
    static final int MAX_REMEMBERED = 20_000;

    private final Map<Digest, DefinitionForms> forms = remembering();
    private final Map<Digest, Digest> stepCode = remembering();

    /**
     * The plain key of a definition whose forms satisfy a condition; one of the preferred name goes first.
     *
     * @param preferred name in the cluster; empty for none
     */
    @Nullable
    ObjectKey definition(RenderedContent content, String preferred, Predicate<DefinitionForms> condition) {
        ObjectKey found = null;
        for (Manifest manifest : content.all()) {
            if (DefinitionForms.KINDS.contains(manifest.key().kind())
                    && (found == null || manifest.key().name().equals(preferred))
                    && condition.test(of(manifest))) {
                found = content.plainKey(manifest.key());
                if (preferred.isEmpty() || manifest.key().name().equals(preferred)) {
                    return found;
                }
            }
        }
        return found;
    }

    /** The key of a ConfigMap of this name and content. */
    @Nullable
    ObjectKey configMap(RenderedContent content, String name, Digest digest) {
        for (Manifest manifest : content.all()) {
            if (isConfigMap(manifest.key(), name) && stepCode(manifest).equals(digest)) {
                return content.plainKey(manifest.key());
            }
        }
        return null;
    }

    /** The digest of a ConfigMap's content. */
    Digest stepCode(Manifest manifest) {
        return stepCode.computeIfAbsent(manifest.digest(), _ -> StepCode.digest(manifest.content()));
    }

    /** What Argo stores of a definition. */
    DefinitionForms of(Manifest manifest) {
        return forms.computeIfAbsent(manifest.digest(), _ -> DefinitionForms.of(manifest));
    }

    /** The same answer for the same instance of a content. */
    static Function<RenderedContent, @Nullable ObjectKey> once(Function<RenderedContent, @Nullable ObjectKey> answer) {
        java.util.IdentityHashMap<RenderedContent, java.util.Optional<ObjectKey>> known =
                new java.util.IdentityHashMap<>();
        return content -> known.computeIfAbsent(content, each -> java.util.Optional.ofNullable(answer.apply(each)))
                .orElse(null);
    }

    private static boolean isConfigMap(ObjectKey key, String name) {
        return key.kind().equals("ConfigMap")
                && key.group().isEmpty()
                && key.name().equals(name);
    }

    private static <V> Map<Digest, V> remembering() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        });
    }
}
