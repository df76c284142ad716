package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code images}: another name, tag or digest for every image of a name. */
final class ImageTransformer implements ObjectTransformer {

    private static final List<String> FIELDS = List.of("name", "newName", "newTag", "tagSuffix", "digest");
    private static final Set<String> CONTAINER_LISTS = Set.of("containers", "initContainers");
    private static final String TAG_AND_DIGEST =
            "(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?";

    /** Null where the name makes no pattern, which then matches no image; the transformer is one all the same. */
    private final @Nullable BoundedPattern pattern;

    private final String newName;
    private final String newTag;
    private final String tagSuffix;
    private final String digest;
    private final List<FieldSpec> specs;
    private final Location by;
    private final Problems problems;

    private ImageTransformer(Fields image, @Nullable BoundedPattern pattern, List<FieldSpec> specs, Problems problems) {
        this.pattern = pattern;
        this.newName = image.text("newName");
        this.newTag = image.text("newTag");
        this.tagSuffix = image.text("tagSuffix");
        this.digest = image.text("digest");
        this.specs = specs;
        this.by = image.place();
        this.problems = problems;
    }

    static List<Transformer> of(Fields fields, Configuration configuration, Problems problems) {
        List<Transformer> all = new ArrayList<>();
        for (String field : List.of("images", "imageTags")) {
            for (Fields image : fields.maps(field)) {
                image.onlyKnown(FIELDS, "an entry of " + field);
                all.addAll(of(image, configuration.of(Configuration.Purpose.IMAGES), problems));
            }
        }
        return all;
    }

    /** A plugin: one image, in every list of containers and at the paths that it names itself. */
    static List<Transformer> plugin(Fields config, Problems problems) {
        Fields image = config.map("imageTag");
        return image == null ? List.of() : of(image, ConfigurationReader.specs(config.maps("fieldSpecs")), problems);
    }

    private static List<Transformer> of(Fields image, List<FieldSpec> specs, Problems problems) {
        BoundedPattern pattern = BoundedPattern.compile(image.text("name") + TAG_AND_DIGEST);
        return List.of(new ImageTransformer(image, pattern, specs, problems));
    }

    @Override
    public @Nullable Object change(Resource resource) {
        if (!resource.kind().equals("CustomResourceDefinition")) {
            containersAnywhere(resource.node());
            FieldPath.applyAll(resource, specs, FieldPath.Leaf.NONE, this::replaced, by, problems);
        }
        return null;
    }

    /** kustomize first changes the images of every list named containers or initContainers, at any depth, then its paths. */
    private void containersAnywhere(YamlNode node) {
        switch (node) {
            case YamlMap map ->
                map.entries().forEach((name, child) -> {
                    containersAnywhere(child);
                    if (CONTAINER_LISTS.contains(name) && child instanceof YamlList list) {
                        list.items().forEach(this::container);
                    }
                });
            case YamlList list -> list.items().forEach(this::containersAnywhere);
            case YamlScalar _ -> {}
        }
    }

    private void container(YamlNode container) {
        if (container instanceof YamlMap map
                && map.child("image") instanceof YamlScalar written
                && matches(written.text())) {
            map.entries().put("image", renamed(written).inPlaceOf(written));
        }
    }

    private YamlNode replaced(YamlNode node) {
        if (!(node instanceof YamlScalar written)) {
            throw new WrongShapeException(node.location(), "an image must be text");
        }
        if (!matches(written.text())) {
            return node;
        }
        return renamed(written);
    }

    private boolean matches(String written) {
        return pattern != null && pattern.matches(written);
    }

    private YamlScalar renamed(YamlScalar written) {
        YamlScalar plain = YamlScalar.plain(renamed(written.text()), by);
        return new YamlScalar(plain.value(), plain.text(), by, YamlScalar.Form.UNTYPED, null);
    }

    /** Where it is written. */
    Location by() {
        return by;
    }

    /** Whether it has another image for this one. */
    boolean changes(String written) {
        return matches(written) && !renamed(written).equals(written);
    }

    /** A tag or digest that is asked for replaces both that were there. */
    String renamed(String written) {
        int slash = Math.max(0, written.indexOf('/'));
        int at = written.indexOf('@', slash);
        int colon = written.indexOf(':', slash);
        boolean tagged = colon >= 0 && (at < 0 || colon < at);
        String pinned = at < 0 ? "" : written.substring(at + 1);
        String tag = tagged ? written.substring(colon + 1, at < 0 ? written.length() : at) : "";
        String name = written.substring(0, tagged ? colon : at >= 0 ? at : written.length());
        if (!newTag.isEmpty() || !digest.isEmpty()) {
            tag = newTag;
            pinned = digest;
        } else if (!tagSuffix.isEmpty()) {
            tag += tagSuffix;
            pinned = "";
        }
        if (!newName.isEmpty()) {
            name = newName;
        }
        return name + (tag.isEmpty() ? "" : ":" + tag) + (pinned.isEmpty() ? "" : "@" + pinned);
    }
}
