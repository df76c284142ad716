package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code images} and the containers of Argo's templates, most of which plain kustomize does not reach. */
final class ArgoImages implements Transformer {

    private final ImageTransformer images;
    private final ArgoAwareness argo;

    private record Found(Resource resource, ArgoWalk.Place place) {}

    ArgoImages(ImageTransformer images, ArgoAwareness argo) {
        this.images = images;
        this.argo = argo;
    }

    @Override
    public void apply(Resources resources) {
        List<Found> meant = new ArrayList<>();
        for (Resource resource : resources.list()) {
            for (ArgoWalk.Place place : ArgoWalk.of(resource.node()).images()) {
                if (images.changes(place.value().text())) {
                    meant.add(new Found(resource, place));
                }
            }
        }
        images.apply(resources);
        meant.removeIf(found -> !found.place().untouched());
        if (argo.on()) {
            meant.forEach(this::replace);
        } else if (!meant.isEmpty()) {
            warn(meant);
        }
    }

    private void replace(Found found) {
        ArgoWalk.Place place = found.place();
        String image = images.renamed(place.value().text());
        argo.difference(
                place.value().location(),
                "the image " + place.value().text() + " of " + ArgoFix.title(found.resource()) + " became " + image
                        + " (" + images.by() + "); plain kustomize does not reach " + place.path());
        place.set(image, images.by());
    }

    private void warn(List<Found> unreached) {
        Set<FieldSpec> specs = new LinkedHashSet<>();
        Set<String> objects = new TreeSet<>();
        for (Found found : unreached) {
            Gvk kind = new Gvk("", "", found.resource().kind());
            specs.add(FieldSpec.of(kind, found.place().path(), false));
            objects.add(ArgoFix.title(found.resource()));
        }
        ArgoWalk.Place first = unreached.getFirst().place();
        argo.damage(
                "render-argo-images",
                images.by(),
                "this entry does not reach " + unreached.size() + " of Argo's containers with this image, such as "
                        + first.value().text() + " at " + first.value().location() + ", in "
                        + ArgoFix.some(objects),
                "list a file under configurations: that holds " + ArgoFix.images(specs) + ", or "
                        + ArgoAwareness.OPTION);
    }
}
