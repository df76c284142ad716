package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.model.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Argo makes of a definition from Git in a Workflow that has it as its own spec, computed forwards. It adds the
 * workflowDefaults. At each look at the run it puts the values of global variables into everything but the templates (its
 * {@code substituteGlobalVariables}) and keeps the result, so what is left of tags after each look may be what it kept last. Templates
 * get the labels and annotations of {@code podMetadata} twice: when the run is checked, before any value is put in, which stays only in
 * a template with labels or annotations of its own; and when they are executed.
 */
final class OwnSpec {

    /** How often values are put in: a value may hold a tag itself, and that one another. */
    private static final int MAX_PASSES = 3;

    private static final List<String> HANDED_OUT = List.of("labels", "annotations");

    private final Set<Digest> templates;
    private final Set<Digest> rests;
    private final Set<Digest> unpatched;
    private final Map<String, @Nullable Object> lasting;

    private OwnSpec(
            Set<Digest> templates, Set<Digest> rests, Set<Digest> unpatched, Map<String, @Nullable Object> lasting) {
        this.templates = templates;
        this.rests = rests;
        this.unpatched = unpatched;
        this.lasting = lasting;
    }

    /** A definition as the own spec of the run of these variables, over these workflowDefaults in {@link StoredForm}. */
    static OwnSpec of(DefinitionForms forms, Map<String, @Nullable Object> defaults, RunVariables variables) {
        if (defaults.isEmpty() && !forms.tagged()) {
            return new OwnSpec(forms.digests(), Set.of(forms.rest()), Set.of(forms.unpatched()), Map.of());
        }
        List<Map<String, @Nullable Object>> passes = new ArrayList<>();
        passes.add(SpecJoin.join(forms.spec(), Map.of(), defaults));
        while (passes.size() <= MAX_PASSES && tagged(passes.getLast())) {
            passes.add(StoredForm.spec(withoutTemplates(variables.filled(withoutTemplates(passes.getLast()))))
                    .content());
        }
        Set<Digest> rests = new HashSet<>();
        Set<Digest> unpatched = new HashSet<>();
        for (Map<String, @Nullable Object> pass : passes) {
            Map<String, @Nullable Object> rest = DefinitionForms.rest(pass);
            rests.add(CanonicalForm.digest(rest));
            unpatched.add(CanonicalForm.digest(DefinitionForms.unpatched(rest)));
        }
        Map<String, @Nullable Object> first = passes.getFirst();
        Map<String, @Nullable Object> lasting =
                passes.size() == 1 ? Map.of() : variables.filledWithLasting(withoutTemplates(first));
        if (!lasting.isEmpty()) {
            lasting.put("templates", Tree.list(first, "templates"));
        }
        return new OwnSpec(templates(passes), rests, unpatched, lasting);
    }

    /** Whether a spec has tags outside of its templates. */
    static boolean tagged(Map<String, @Nullable Object> spec) {
        return hasTag(withoutTemplates(spec));
    }

    /** Digests of its templates as they are executed. */
    Set<Digest> templates() {
        return templates;
    }

    /** Digests of what {@link DefinitionForms#rest} leaves of it. */
    Set<Digest> rests() {
        return rests;
    }

    /** Digests of what {@link DefinitionForms#unpatched} leaves of it. */
    Set<Digest> unpatched() {
        return unpatched;
    }

    /** Whether an executed template is one of these but for what stands where a tag was in {@code podMetadata}. */
    boolean mayBeTemplate(Map<String, @Nullable Object> executed) {
        Map<String, @Nullable Object> template = Tree.named(Tree.text(executed, "name"), lasting, "templates");
        if (template == null || !CanonicalForm.text(bare(template)).equals(CanonicalForm.text(bare(executed)))) {
            return false;
        }
        return HANDED_OUT.stream().allMatch(kind -> {
            Map<String, @Nullable Object> own = Tree.map(template, "metadata", kind);
            Map<String, @Nullable Object> all = new TreeMap<>(Tree.map(lasting, "podMetadata", kind));
            all.putAll(own);
            Map<String, @Nullable Object> seen = Tree.map(executed, "metadata", kind);
            return seen.keySet().equals(all.keySet())
                    && seen.keySet().stream()
                            .allMatch(key -> own.containsKey(key)
                                    ? String.valueOf(own.get(key)).equals(String.valueOf(seen.get(key)))
                                    : mayBe(all.get(key), seen.get(key)));
        });
    }

    /** The same for what {@link DefinitionForms#unpatched} leaves of a run's spec. */
    boolean mayBeUnpatched(Map<String, @Nullable Object> executed) {
        return !lasting.isEmpty() && mayBe(DefinitionForms.unpatched(DefinitionForms.rest(lasting)), executed);
    }

    private static Set<Digest> templates(List<Map<String, @Nullable Object>> passes) {
        Set<Map<String, @Nullable Object>> labels = handedOut(passes, "labels");
        Set<Map<String, @Nullable Object>> annotations = handedOut(passes, "annotations");
        Set<Digest> templates = new HashSet<>();
        for (Map<String, @Nullable Object> template : Tree.maps(passes.getFirst(), "templates")) {
            for (Map<String, @Nullable Object> some : labels) {
                for (Map<String, @Nullable Object> others : annotations) {
                    Map<String, @Nullable Object> podMetadata = Map.of("labels", some, "annotations", others);
                    templates.add(
                            CanonicalForm.digest(DefinitionForms.stored(template, Map.of("podMetadata", podMetadata))));
                }
            }
        }
        return templates;
    }

    private static Set<Map<String, @Nullable Object>> handedOut(
            List<Map<String, @Nullable Object>> passes, String kind) {
        Set<Map<String, @Nullable Object>> handedOut = new LinkedHashSet<>();
        passes.forEach(pass -> handedOut.add(Tree.map(pass, "podMetadata", kind)));
        return handedOut;
    }

    private static Map<String, @Nullable Object> withoutTemplates(Map<String, @Nullable Object> spec) {
        Map<String, @Nullable Object> rest = new TreeMap<>(spec);
        rest.remove("templates");
        return rest;
    }

    private static Map<String, @Nullable Object> bare(Map<String, @Nullable Object> template) {
        Map<String, @Nullable Object> bare = new LinkedHashMap<>(template);
        bare.remove("metadata");
        return bare;
    }

    private static boolean hasTag(@Nullable Object tree) {
        return switch (tree) {
            case String text -> text.contains("{{");
            case Map<?, ?> map ->
                Tree.cast(map).entrySet().stream()
                        .anyMatch(entry -> hasTag(entry.getKey()) || hasTag(entry.getValue()));
            case List<?> list -> list.stream().anyMatch(OwnSpec::hasTag);
            case null, default -> false;
        };
    }

    private static boolean mayBe(@Nullable Object asked, @Nullable Object seen) {
        if (asked instanceof Map<?, ?> left && seen instanceof Map<?, ?> right) {
            Set<String> keys = new TreeSet<>(Tree.cast(left).keySet());
            keys.addAll(Tree.cast(right).keySet());
            return keys.stream().allMatch(key -> mayBe(left.get(key), right.get(key)));
        }
        if (asked instanceof List<?> left && seen instanceof List<?> right) {
            boolean same = left.size() == right.size();
            for (int i = 0; same && i < left.size(); i++) {
                same = mayBe(left.get(i), right.get(i));
            }
            return same;
        }
        if (asked instanceof String text && (seen == null || seen instanceof String)) {
            return TagPattern.of(text).matches(seen == null ? "" : (String) seen);
        }
        return asked != null && seen != null && CanonicalForm.text(asked).equals(CanonicalForm.text(seen));
    }
}
