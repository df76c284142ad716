package dev.plumbline.registry.render;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is done when all objects are gathered: hashes, references, order, notes. */
final class Finish {

    private final BuildMetadata metadata;
    private final ArgoAwareness argo;
    private final Problems problems;
    private final Reuse reuse;

    Finish(BuildMetadata metadata, ArgoAwareness argo, Problems problems, Reuse reuse) {
        this.metadata = metadata;
        this.argo = argo;
        this.problems = problems;
        this.reuse = reuse;
    }

    /**
     * The finished objects in the order in which they are written, shared.
     *
     * @param root the kustomization that is built
     * @param folder its folder
     */
    List<Resource> run(Accumulated all, Kustomization root, String folder) {
        Resources resources = new Resources(problems);
        List<Resource> list = resources.list();
        list.addAll(all.objects());
        list.replaceAll(resource -> resource.hashed ? resource.derived().withHash() : resource);
        FixedNames names = new FixedNames(resources, all.configuration().references(), problems);
        FixedNames.@Nullable Results results = names.fix(metadata.isNone() ? reuse.fixedNames(folder) : null);
        if (results != null && !problems.anyError() && metadata.isNone()) {
            reuse.keep(folder, results);
        }
        new ArgoReferences(names, argo).fix(resources);
        resolve(all, resources);
        list.stream()
                .filter(resource -> !resource.derived().isNamed())
                .forEach(resource -> checkNames(resource, problems));
        list.removeIf(resource -> resource.derived().isLocal());
        resources.checkTwins();
        SortOrder.sort(list, root.fields(), problems);
        if (metadata.isNone()) {
            list.replaceAll(resource -> resource.derived().withoutNotes());
        } else {
            resources.change();
            metadata.finish(list, problems);
            resources.share();
        }
        return list;
    }

    /** Whether an object still has a kind and a name, and had names on its way that kustomize can keep. */
    static void checkNames(Resource resource, Problems problems) {
        checkFormerNames(resource, problems);
        new ResourceReader(problems).checkNamed(resource.node());
    }

    /** kustomize keeps former names in one text, with commas between them, and ends in a panic where it finds another number. */
    private static void checkFormerNames(Resource resource, Problems problems) {
        List<String> names = resource.previousIds.stream().map(Id::name).toList();
        String kept = names.stream().filter(name -> !name.isEmpty()).collect(Collectors.joining(","));
        if (!kept.isEmpty() && kept.split(",", -1).length != names.size()) {
            problems.error(
                    "render-no-name",
                    resource.place,
                    resource.id() + " had a name on its way that is empty or has a comma in it: "
                            + String.join(
                                    ", then ",
                                    names.stream().map(name -> '"' + name + '"').toList()),
                    "correct the patch or the replacement that gives it this name");
        }
    }

    private void resolve(Accumulated all, Resources resources) {
        if (!all.vars().isEmpty()) {
            Vars vars = new Vars(problems);
            vars.addAll(all.vars());
            resources.change();
            vars.resolve(resources, all.configuration().of(Configuration.Purpose.VAR_REFERENCE));
            resources.share();
        }
    }
}
