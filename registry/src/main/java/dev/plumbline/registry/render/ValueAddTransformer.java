package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ValueAddTransformer}: one value at fields of chosen objects, or in the middle of a file path that stands there. */
final class ValueAddTransformer implements Transformer {

    private static final String KIND = "ValueAddTransformer";

    private final String value;
    private final List<Target> targets;
    private final Problems problems;

    /**
     * Fields to change.
     *
     * @param selector the objects; null for all of them
     * @param path the field's path
     * @param position where in a file path the value goes, counted from 1; 0 to put the value in place of what is there
     */
    private record Target(@Nullable Selector selector, String path, int position, Location by) {}

    private ValueAddTransformer(String value, List<Target> targets, Problems problems) {
        this.value = value;
        this.targets = targets;
        this.problems = problems;
    }

    static List<Transformer> plugin(Fields config, Kustomization user, Files files, Problems problems)
            throws SourceException {
        String written = config.text("value").strip();
        String folder = user.folder().substring(user.folder().lastIndexOf('/') + 1);
        List<Target> targets = new ArrayList<>(targets(config, problems));
        if (config.has("targetFilePath")) {
            targets.addAll(fromFile(config, user, files, problems));
        }
        if (targets.isEmpty() || (written.isEmpty() && folder.isEmpty())) {
            PluginKinds.misconfigured(
                    config,
                    KIND,
                    targets.isEmpty() ? "it has no target" : "the root folder has no name to take for the value",
                    targets.isEmpty() ? "write targets, each with a fieldPath" : "write the value",
                    problems);
            return List.of();
        }
        return List.of(new ValueAddTransformer(written.isEmpty() ? folder : written, targets, problems));
    }

    private static List<Target> targets(Fields fields, Problems problems) {
        List<Target> targets = new ArrayList<>();
        for (Fields target : fields.maps("targets")) {
            Fields selector = target.part("selector");
            Long position = target.whole("filePathPosition");
            if (target.text("fieldPath").isEmpty() || (position != null && position < 0)) {
                PluginKinds.misconfigured(
                        target,
                        KIND,
                        "a target without a fieldPath, or with a filePathPosition below 0",
                        "write fieldPath: spec/field",
                        problems);
                continue;
            }
            targets.add(new Target(
                    selector == null ? null : Selector.of(selector, problems),
                    target.text("fieldPath"),
                    position == null ? 0 : (int) Math.min(position, Integer.MAX_VALUE),
                    target.place()));
        }
        return targets;
    }

    private static List<Target> fromFile(Fields config, Kustomization user, Files files, Problems problems)
            throws SourceException {
        Location place = config.place("targetFilePath");
        Snapshot.Entry file = files.file(user.folder(), config.text("targetFilePath"), place);
        List<YamlNode> documents = file == null ? null : files.yaml(file, place);
        return documents != null && !documents.isEmpty() && documents.getFirst() instanceof YamlMap map
                ? targets(new Fields(map, problems, Fields.Reading.PLUGIN), problems)
                : List.of();
    }

    @Override
    public void apply(Resources resources) {
        for (Target target : targets) {
            List<Resource> selected = target.selector() == null
                    ? List.copyOf(resources.list())
                    : target.selector().select(resources);
            for (Resource resource : selected) {
                if (target.path().equals("metadata/namespace")) {
                    NamespaceTransformer.setOwn(resource, value, target.by(), problems);
                } else {
                    add(resource, target);
                }
            }
        }
    }

    private void add(Resource resource, Target target) {
        try {
            new GoPath(target.path(), target.by())
                    .create(resource.node(), old -> changed(old, target.position(), target.by()));
        } catch (WrongShapeException e) {
            problems.error(
                    "render-wrong-shape",
                    e.place(),
                    e.reason() + " (asked for at " + target.by() + ", in " + resource.id() + ")",
                    "correct the fieldPath");
        }
    }

    private YamlNode changed(@Nullable YamlNode old, int position, Location by) {
        String text = old instanceof YamlScalar scalar ? scalar.text() : "";
        String next = position > 0 ? inserted(text, position - 1) : value;
        return old instanceof YamlScalar scalar && scalar.quoted()
                ? new YamlScalar(next, next, by, YamlScalar.Form.QUOTED, null)
                : plain(next, by);
    }

    /** The value as if it had been written without quotes. */
    private static YamlNode plain(String text, Location by) {
        YamlDocuments read = YamlParser.parse(by, text);
        return !read.broken()
                        && read.documents().size() == 1
                        && read.documents().getFirst() instanceof YamlScalar scalar
                        && scalar.text().equals(text)
                ? new YamlScalar(scalar.value(), text, by, YamlScalar.Form.UNTYPED, null)
                : YamlScalar.untyped(text, by);
    }

    /** The path with the value as its part at a position, or behind all of them; an absolute path stays absolute. */
    private String inserted(String path, int position) {
        boolean absolute = path.startsWith("/");
        List<String> parts = new ArrayList<>(Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList());
        parts.add(Math.min(position, parts.size()), value);
        return (absolute ? "/" : "") + String.join("/", parts);
    }
}
