package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code images} and the containers of Argo's templates, most of which plain kustomize does not reach. */
final class ArgoImages implements ObjectTransformer {

    private final ImageTransformer images;
    private final ArgoAwareness argo;

    /**
     * Containers of one object that plain kustomize does not reach.
     *
     * @param title the object
     * @param fields where their images stand
     * @param first the image of the first
     * @param place where that is written
     */
    private record Unreached(String title, List<FieldSpec> fields, String first, Location place) {}

    ArgoImages(ImageTransformer images, ArgoAwareness argo) {
        this.images = images;
        this.argo = argo;
    }

    @Override
    public @Nullable Object change(Resource resource) {
        List<ArgoWalk.Place> meant = new ArrayList<>();
        for (ArgoWalk.Place place : ArgoWalk.of(resource.node()).images()) {
            if (images.changes(place.value().text())) {
                meant.add(place);
            }
        }
        images.change(resource);
        meant.removeIf(place -> !place.untouched());
        if (meant.isEmpty()) {
            return null;
        }
        if (argo.on()) {
            meant.forEach(place -> replace(resource, place));
            return null;
        }
        Gvk kind = new Gvk("", "", resource.kind());
        List<FieldSpec> fields = meant.stream()
                .map(place -> FieldSpec.of(kind, place.path(), false))
                .toList();
        YamlScalar first = meant.getFirst().value();
        return new Unreached(ArgoFix.title(resource), fields, first.text(), first.location());
    }

    private void replace(Resource resource, ArgoWalk.Place place) {
        String image = images.renamed(place.value().text());
        argo.difference(
                place.value().location(),
                "the image " + place.value().text() + " of " + ArgoFix.title(resource) + " became " + image + " ("
                        + images.by() + "); plain kustomize does not reach " + place.path());
        place.set(image, images.by());
    }

    @Override
    public void check(List<Noted> notes) {
        if (notes.isEmpty()) {
            return;
        }
        Set<FieldSpec> specs = new LinkedHashSet<>();
        Set<String> objects = new TreeSet<>();
        int unreached = 0;
        for (Noted noted : notes) {
            Unreached one = (Unreached) noted.note();
            specs.addAll(one.fields());
            objects.add(one.title());
            unreached += one.fields().size();
        }
        Unreached first = (Unreached) notes.getFirst().note();
        argo.damage(
                "render-argo-images",
                images.by(),
                "this entry does not reach " + unreached + " of Argo's containers with this image, such as "
                        + first.first() + " at " + first.place() + ", in " + ArgoFix.some(objects),
                "list a file under configurations: that holds " + ArgoFix.images(specs) + ", or "
                        + ArgoAwareness.OPTION);
    }
}
