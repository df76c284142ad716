package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code replicas}: the count of one object by name. */
final class ReplicaTransformer implements ObjectTransformer {

    private final String name;
    private final long count;
    private final List<FieldSpec> specs;
    private final Location by;
    private final Problems problems;

    private ReplicaTransformer(String name, long count, List<FieldSpec> specs, Location by, Problems problems) {
        this.name = name;
        this.count = count;
        this.specs = specs;
        this.by = by;
        this.problems = problems;
    }

    static List<Transformer> of(Fields fields, Configuration configuration, Problems problems) {
        List<Transformer> all = new ArrayList<>();
        for (Fields replica : fields.maps("replicas")) {
            replica.onlyKnown(List.of("name", "count"), "an entry of replicas");
            all.add(of(replica, configuration.of(Configuration.Purpose.REPLICAS), problems));
        }
        return all;
    }

    /** A plugin: one object's count, at the paths that it names itself. */
    static List<Transformer> plugin(Fields config, Problems problems) {
        Fields replica = config.map("replica");
        if (replica == null) {
            PluginKinds.misconfigured(
                    config,
                    "ReplicaCountTransformer",
                    "it has no replica",
                    "write replica: {name: …, count: …}",
                    problems);
            return List.of();
        }
        return List.of(of(replica, ConfigurationReader.specs(config.maps("fieldSpecs")), problems));
    }

    private static Transformer of(Fields replica, List<FieldSpec> specs, Problems problems) {
        Long count = replica.whole("count");
        return new ReplicaTransformer(
                replica.text("name"), count == null ? 0 : count, specs, replica.place(), problems);
    }

    @Override
    public @Nullable Object change(Resource resource) {
        List<Id> ids = resource.ids();
        boolean found = false;
        for (FieldSpec spec : specs) {
            if (ids.stream().anyMatch(id -> id.name().equals(name) && id.gvk().selectedBy(spec.selector()))) {
                found = true;
                FieldPath.applyAll(resource, List.of(spec), FieldPath.Leaf.SCALAR, this::counted, by, problems);
            }
        }
        return found ? true : null;
    }

    private YamlNode counted(YamlNode old) {
        if (!(old instanceof YamlScalar)) {
            throw new WrongShapeException(old.location(), "a number of replicas is no map and no list");
        }
        return new YamlScalar(count, by);
    }

    @Override
    public void check(List<Noted> notes) {
        if (notes.isEmpty()) {
            problems.error(
                    "render-no-target",
                    by,
                    "no object named " + name + " has replicas to set",
                    "correct the name, or remove the entry");
        }
    }
}
