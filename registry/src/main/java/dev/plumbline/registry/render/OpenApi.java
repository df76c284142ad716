package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that one build knows. As in kustomize they are the build's, not a kustomization's: the first {@code openapi} in
 * the order of loading, the outermost kustomization first, holds for everything, and a file <em>replaces</em> the built-in
 * schema, so that a patch of a Deployment then replaces its list of containers. Only where the built-in schema was asked for
 * something before do both hold: its definitions go before those of the file if that was the scope of a kind, and behind them if a
 * patch has merged by it.
 */
final class OpenApi {

    /** The version of Kubernetes whose schema is built in, the only one that can be named. */
    static final String VERSION = "v1.21.2";

    private static final ScopedValue<OpenApi> CURRENT = ScopedValue.newInstance();
    private static final OpenApi BUILT_IN = new OpenApi();

    private final BuiltInKinds kinds = BuiltInKinds.get();
    private @Nullable OpenApiDefinitions own;
    private boolean chosen;
    private boolean builtInRead;
    private boolean builtInAsked;

    private OpenApi() {}

    /** A build: what it does sees its own schemas through {@link #current}. */
    interface Building<T> extends ScopedValue.CallableOp<T, SourceException> {}

    static <T> T during(Building<T> build) throws SourceException {
        return ScopedValue.where(CURRENT, new OpenApi()).call(build);
    }

    /** The schemas of the build that this thread is in; the built-in ones outside of builds. */
    static OpenApi current() {
        return CURRENT.isBound() ? CURRENT.get() : BUILT_IN;
    }

    /** Whether a schema of the repository is in use, so that what is known of kinds may differ from before. */
    boolean isOwn() {
        return own != null;
    }

    /** Takes what a kustomization says under {@code openapi}, when it is loaded. */
    void use(Kustomization kustomization, Files files, Problems problems) throws SourceException {
        Fields openapi = kustomization.fields().map("openapi");
        if (openapi == null) {
            return;
        }
        YamlMap root = null;
        if (openapi.has("path")) {
            root = read(openapi, kustomization, files, problems);
            if (root == null) {
                return;
            }
        }
        String version = openapi.text("version");
        Location place = openapi.place();
        if (chosen) {
            problems.warning(
                    "render-openapi",
                    place,
                    "openapi has no effect here: another kustomization of this build, loaded earlier, has set it",
                    "name one file in the outermost kustomization");
        } else if (root != null && openapi.has("version")) {
            problems.error(
                    "render-openapi", place, "openapi with both path and version", "keep the path or the version");
        } else if (root != null) {
            chosen = true;
            own = new OpenApiDefinitions(root, builtIn(), problems);
        } else if (!version.isEmpty() && !version.equals(VERSION)) {
            problems.error(
                    "render-openapi",
                    openapi.place("version"),
                    "the version " + version + " is not built in; only " + VERSION + " is",
                    "remove the field");
        } else {
            chosen = !version.isEmpty();
        }
    }

    private OpenApiDefinitions.BuiltIn builtIn() {
        if (builtInRead) {
            return OpenApiDefinitions.BuiltIn.BEHIND;
        }
        return builtInAsked ? OpenApiDefinitions.BuiltIn.BEFORE : OpenApiDefinitions.BuiltIn.REPLACED;
    }

    private static @Nullable YamlMap read(Fields openapi, Kustomization kustomization, Files files, Problems problems)
            throws SourceException {
        Location place = openapi.place("path");
        Snapshot.Entry file = files.file(kustomization.folder(), openapi.text("path"), place);
        List<YamlNode> documents = file == null ? null : files.yaml(file, place);
        if (file == null || documents == null) {
            return null;
        }
        if (documents.isEmpty()) {
            return new YamlMap(new java.util.LinkedHashMap<>(), Location.of(file.path()));
        }
        if (documents.getFirst() instanceof YamlMap map) {
            return map;
        }
        problems.error(
                "render-openapi",
                documents.getFirst().location(),
                "an OpenAPI document is a map",
                "write definitions under definitions");
        return null;
    }

    /** Whether a kind surely has no namespace. */
    boolean clusterScoped(Gvk gvk) {
        if (kinds.knows(gvk)) {
            return kinds.clusterScoped(gvk);
        }
        builtInAsked |= own == null;
        return own != null && own.clusterScoped(gvk);
    }

    /** The type of a kind's objects; null when nothing is known of it. */
    @Nullable
    String typeOf(String apiVersion, String kind) {
        builtInRead |= own == null;
        return own == null ? kinds.typeOf(apiVersion, kind) : own.typeOf(apiVersion, kind);
    }

    /** A field of a type; null when nothing is known of it. */
    BuiltInKinds.@Nullable Field field(@Nullable String type, String name) {
        return own == null ? kinds.field(type, name) : own.field(type, name);
    }
}
