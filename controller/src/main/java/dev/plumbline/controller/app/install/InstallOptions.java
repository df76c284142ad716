package dev.plumbline.controller.app.install;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to install.
 *
 * @param namespace namespace of the controller
 * @param managed further namespaces whose syncs it serves; they exist already
 * @param image the controller's image with its tag or digest; empty for the one of the manifests
 * @param components what is added to the base
 * @param mlflow MLflow's tracking server, where models of recorded runs are looked up and tagged; null for none
 */
public record InstallOptions(
        String namespace,
        List<String> managed,
        String image,
        Set<Component> components,
        @Nullable URI mlflow) {

    /** Namespace of the controller when none is given. */
    public static final String NAMESPACE = "plumbline-system";

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._/:@]{0,511}");

    /** The components of {@code controller/deploy/components}. */
    public enum Component {
        /** Every namespace is managed. */
        CLUSTER_WIDE("cluster-wide"),
        /** A ServiceMonitor for the Prometheus operator. */
        PROMETHEUS("prometheus"),
        /** The store in S3 and two replicas. */
        S3("s3");

        private final String folder;

        Component(String folder) {
            this.folder = folder;
        }

        /** Its folder, which is its name for people. */
        @Override
        public String toString() {
            return folder;
        }
    }

    /** Keeps its own copies. */
    public InstallOptions {
        managed = List.copyOf(managed);
        components = Set.copyOf(components);
    }

    /** What {@code kubectl apply -k controller/deploy} installs. */
    public static InstallOptions standard() {
        return new InstallOptions(NAMESPACE, List.of(), "", Set.of(), null);
    }

    /**
     * Checks what people wrote.
     *
     * @throws InstallException when a name cannot be one
     */
    void check() throws InstallException {
        for (String name : Stream.concat(Stream.of(namespace), managed.stream()).toList()) {
            if (!LABEL.matcher(name).matches()) {
                throw new InstallException(
                        "'" + name + "' is no name of a namespace; use lower-case letters, digits and '-'");
            }
        }
        if (!image.isEmpty() && !IMAGE.matcher(image).matches()) {
            throw new InstallException(
                    "'" + image + "' is no name of an image; write one such as registry.example/plumbline:1.0");
        }
        if (mlflow != null && !isServer(mlflow)) {
            throw new InstallException(
                    "the address of MLflow is none: it must begin with http:// or https://, name a host, and hold no user or"
                            + " password; write one such as http://mlflow.mlflow:5000");
        }
    }

    private static boolean isServer(URI url) {
        return List.of("http", "https").contains(String.valueOf(url.getScheme()))
                && url.getHost() != null
                && url.getUserInfo() == null;
    }
}
