package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlScalar;
import java.util.Set;

/** Which plugins there are: those that are built into kustomize, and the way out for all others. */
final class PluginKinds {

    static final String CONFIG_MAP_GENERATOR = "ConfigMapGenerator";
    static final String SECRET_GENERATOR = "SecretGenerator";
    static final String IAM_POLICY_GENERATOR = "IAMPolicyGenerator";

    private static final String HELM = "HelmChartInflationGenerator";
    private static final Set<String> GENERATORS = Set.of(CONFIG_MAP_GENERATOR, SECRET_GENERATOR, IAM_POLICY_GENERATOR);

    /** Annotations by which a file says that a program is to be run for it. */
    private static final Set<String> FUNCTIONS =
            Set.of("config.kubernetes.io/function", "config.k8s.io/function", "config.kubernetes.io/container");

    private PluginKinds() {}

    /** Whether the file is the configuration of something built in; if not, that is reported. */
    static boolean isBuiltIn(Resource config, Problems problems) {
        boolean runs = config.annotations().keySet().stream().anyMatch(FUNCTIONS::contains);
        boolean builtIn = config.gvk().apiVersion().equals("builtin");
        if (builtIn && config.kind().equals(HELM)) {
            problems.error(
                    "render-unsupported-plugin",
                    config.place,
                    HELM + " is not supported: it would need the helm program and the network",
                    "render the chart once and commit the result");
            return false;
        }
        if (!builtIn) {
            String what = runs
                    ? " asks for a function in a container, a program or Starlark"
                    : " is of apiVersion " + apiVersion(config) + ", so it asks for a program outside kustomize";
            problems.error(
                    "render-unsupported-plugin",
                    config.place,
                    config.kind() + "/" + config.name() + what + ", which is never run here",
                    "run it once and commit what it makes, or use a plugin of apiVersion builtin");
        }
        return builtIn;
    }

    private static String apiVersion(Resource config) {
        return config.node().child("apiVersion") instanceof YamlScalar scalar ? scalar.text() : "(none)";
    }

    static boolean isGenerator(String kind) {
        return GENERATORS.contains(kind);
    }

    /** Reports what has no place under the field that names it. */
    static void refuse(Resource config, String expected, Problems problems) {
        boolean generator = isGenerator(config.kind());
        String fix = generator ? "list it under generators" : "correct its kind";
        problems.error(
                "render-plugin", config.place, config.kind() + " is no built-in " + expected + " of kustomize", fix);
    }

    /** A configuration that says too little or too much. */
    static void misconfigured(Fields config, String kind, String what, String fix, Problems problems) {
        problems.error("render-plugin", config.place(), kind + ": " + what, fix);
    }
}
