package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.provenance.StoredForm.Formed;
import dev.plumbline.registry.run.BorrowedResult;
import dev.plumbline.registry.run.ExecutedDefinition;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes apart what a run executed, and says for each part how to find it in Git's content. */
final class PartsOfRun {

    private static final Set<String> STRUCTURE = Set.of("templates", "workflowTemplateRef");
    private static final Set<String> POWERFUL_IN_ARTIFACT_GC =
            Set.of("podSpecPatch", "serviceAccountName", "podMetadata");

    private final Observation run;
    private final Map<String, @Nullable Object> defaults;
    private final Definitions definitions;
    private final Map<String, @Nullable Object> ownSpec;
    final List<Part> parts = new ArrayList<>();
    final List<String> obscurities = new ArrayList<>();

    /** Fields that the run sets itself though they are its template's business, unless {@link #source} is in Git. */
    final List<String> overrides = new ArrayList<>();

    /** Results of earlier runs that content in no commit made, in words. */
    final List<String> foreign = new ArrayList<>();

    /** Results of earlier runs that were overridden, in words. */
    final List<String> overridden = new ArrayList<>();

    /** What does not count, but people should know. */
    final List<String> notes = new ArrayList<>();

    /** The run's own spec as something that Git may hold, such as a schedule's; null where nothing asks for it. */
    @Nullable
    Part source;

    private PartsOfRun(Observation run, Map<String, @Nullable Object> defaults, Definitions definitions) {
        this.run = run;
        this.defaults = defaults;
        this.definitions = definitions;
        this.ownSpec = StoredForm.spec(run.spec()).content();
        obscurities.addAll(run.obscurities());
    }

    /**
     * Says of results of earlier runs that could not be followed why they cannot be known.
     *
     * @param known nodes whose results somebody followed
     * @param lost of these, the ones for which that led nowhere, each with why
     */
    void notFollowed(Set<String> known, Map<String, String> lost) {
        for (BorrowedResult result : run.borrowed()) {
            String why = lost.get(result.node());
            if (why != null || !known.contains(result.node())) {
                obscurities.add(why == null ? result.why() : result.why() + ", but " + why);
            }
        }
    }

    static PartsOfRun of(
            Observation run,
            Map<String, StepCode.Sighting> configMaps,
            Map<String, @Nullable Object> defaults,
            Definitions definitions) {
        PartsOfRun parts = new PartsOfRun(run, StoredForm.spec(defaults).content(), definitions);
        parts.run.executed().forEach(parts::take);
        parts.takeStepCode(configMaps);
        return parts;
    }

    private void take(ExecutedDefinition definition) {
        switch (definition.kind()) {
            case STORED_SPEC -> takeStoredSpec(definition);
            case OWN_SPEC -> takeOwnSpec(definition);
            case STORED_TEMPLATE -> {
                Formed formed = StoredForm.template(definition.content());
                named(definition.reference(), formed);
                addTemplate(definition.reference(), objectName(definition.reference()), formed.digest());
            }
        }
    }

    private void addTemplate(String reference, String preferred, Digest digest) {
        parts.add(new Part(
                reference,
                digest,
                Definitions.once(content -> definitions.definition(
                        content, preferred, forms -> forms.digests().contains(digest)))));
    }

    private void takeStoredSpec(ExecutedDefinition definition) {
        if (ownSpec.containsKey("templates")) {
            obscurities.add("the run both refers to a template and carries templates, which Argo refuses");
        }
        Formed formed = StoredForm.spec(definition.content());
        named(definition.reference(), formed);
        Digest executed = formed.digest();
        List<String> names = templateNames(formed.content());
        Map<Digest, Boolean> joins = new HashMap<>();
        parts.add(new Part(
                definition.reference(),
                executed,
                Definitions.once(content -> definitions.definition(
                        content,
                        run.templateRef(),
                        forms -> !forms.kind().equals("CronWorkflow")
                                && (!Tree.list(defaults, "templates").isEmpty()
                                        || templateNames(forms.spec()).equals(names))
                                && joins.computeIfAbsent(
                                        CanonicalForm.digest(forms.spec()),
                                        _ -> joined(forms).equals(executed))))));
        ownSpec.keySet().stream()
                .filter(field -> !DefinitionForms.OWN_TO_RUN.contains(field) && !STRUCTURE.contains(field))
                .forEach(overrides::add);
        Tree.map(ownSpec, "artifactGC").keySet().stream()
                .filter(POWERFUL_IN_ARTIFACT_GC::contains)
                .forEach(field -> overrides.add("artifactGC." + field));
        if (!overrides.isEmpty() || run.trigger().kind() == Trigger.Kind.CRON) {
            takeSchedule();
        }
    }

    private Digest joined(DefinitionForms forms) {
        return CanonicalForm.digest(SpecJoin.join(ownSpec, forms.spec(), defaults));
    }

    private void takeSchedule() {
        Digest asked = CanonicalForm.digest(running(ownSpec));
        String name = run.trigger().kind() == Trigger.Kind.CRON ? run.trigger().name() : "";
        source = new Part(
                "cron/" + name,
                asked,
                Definitions.once(content -> definitions.definition(
                        content,
                        name,
                        forms -> forms.kind().equals("CronWorkflow")
                                && CanonicalForm.digest(running(forms.spec())).equals(asked))));
    }

    /** Without what stopping a run writes into its spec. */
    private static Map<String, @Nullable Object> running(Map<String, @Nullable Object> spec) {
        Map<String, @Nullable Object> running = new TreeMap<>(spec);
        running.remove("shutdown");
        return running;
    }

    private void takeOwnSpec(ExecutedDefinition definition) {
        Formed formed = StoredForm.spec(definition.content());
        named(definition.reference(), formed);
        Map<String, @Nullable Object> spec = SpecJoin.join(formed.content(), Map.of(), defaults);
        RunVariables variables = RunVariables.of(run, spec);
        IdentityHashMap<DefinitionForms, OwnSpec> known = new IdentityHashMap<>();
        Function<DefinitionForms, OwnSpec> own =
                forms -> known.computeIfAbsent(forms, each -> OwnSpec.of(each, defaults, variables));
        for (String name : definition.templates()) {
            Map<String, @Nullable Object> template = Tree.named(name, spec, "templates");
            if (template == null) {
                obscurities.add("template " + name + " was executed, but the run's spec does not have it");
            } else {
                Map<String, @Nullable Object> executed = DefinitionForms.stored(template, spec);
                Digest digest = CanonicalForm.digest(executed);
                parts.add(new Part(
                        definition.reference() + "/" + name,
                        digest,
                        held(forms -> own.apply(forms).templates().contains(digest)),
                        held(forms -> own.apply(forms).mayBeTemplate(executed))));
            }
        }
        takeRest(definition.reference(), DefinitionForms.rest(spec), own);
    }

    private void takeRest(
            String reference, Map<String, @Nullable Object> rest, Function<DefinitionForms, OwnSpec> own) {
        Map<String, @Nullable Object> unpatched = DefinitionForms.unpatched(rest);
        Digest digest = CanonicalForm.digest(unpatched);
        if (!digest.equals(DefinitionForms.NOTHING)) {
            parts.add(new Part(
                    reference,
                    digest,
                    held(forms -> own.apply(forms).unpatched().contains(digest)),
                    held(forms -> own.apply(forms).mayBeUnpatched(unpatched))));
        }
        if (rest.containsKey("podSpecPatch")) {
            overrides.add("podSpecPatch");
            Digest patched = CanonicalForm.digest(rest);
            source = new Part(
                    reference, patched, held(forms -> own.apply(forms).rests().contains(patched)));
        }
    }

    private Function<RenderedContent, @Nullable ObjectKey> held(Predicate<DefinitionForms> condition) {
        return Definitions.once(content -> definitions.definition(content, "", condition));
    }

    private void takeStepCode(Map<String, StepCode.Sighting> sightings) {
        Map<String, Boolean> names = executedConfigMaps(run);
        names.forEach((name, optional) -> {
            StepCode.Sighting sighting = sightings.get(name);
            if (name.contains("{{")) {
                obscurities.add("a ConfigMap is taken by a name that is computed: " + name);
            } else if (sighting == null) {
                obscurities.add("ConfigMap " + name + " was not looked at while the run went on");
            } else if (!java.util.Objects.equals(sighting.first(), sighting.last())) {
                obscurities.add("ConfigMap " + name + " changed while the run went on");
            } else if (sighting.last() == null) {
                if (!optional) {
                    obscurities.add("ConfigMap " + name + " was not in the cluster");
                }
            } else {
                Digest digest = sighting.last();
                parts.add(new Part(
                        "configmap/" + name,
                        digest,
                        Definitions.once(content -> definitions.configMap(content, name, digest))));
            }
        });
    }

    /** Names of the ConfigMaps that what a run executed refers to, each with whether all references are optional. */
    static Map<String, Boolean> executedConfigMaps(Observation run) {
        Map<String, Boolean> names = new TreeMap<>();
        for (ExecutedDefinition definition : run.executed()) {
            Map<String, @Nullable Object> content = new TreeMap<>(definition.content());
            if (definition.kind() != ExecutedDefinition.Kind.STORED_TEMPLATE) {
                Set<String> executed = new TreeSet<>(definition.templates());
                content.put(
                        "templates",
                        Tree.maps(content, "templates").stream()
                                .filter(template -> executed.contains(Tree.text(template, "name")))
                                .toList());
            }
            StepCode.names(content).forEach((name, optional) -> names.merge(name, optional, Boolean::logicalAnd));
        }
        return names;
    }

    private void named(String reference, Formed formed) {
        if (!formed.unknownFields().isEmpty()) {
            obscurities.add(reference + " has fields that Argo " + ArgoTypes.ARGO + " does not have: "
                    + String.join(", ", formed.unknownFields()));
        }
    }

    private static List<String> templateNames(Map<String, @Nullable Object> spec) {
        return Tree.maps(spec, "templates").stream()
                .map(template -> Tree.text(template, "name"))
                .toList();
    }

    private static String objectName(String reference) {
        String[] steps = reference.split("/", -1);
        return steps.length > 1 ? steps[1] : "";
    }
}
