package dev.plumbline.controller.app.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of {@code controller/deploy} that the program carries with it. */
final class DeployFiles {

    /** Every file, from that folder. A jar cannot be listed, so they are named; a test compares them with the folder. */
    static final List<String> PATHS = List.of(
            "kustomization.yaml",
            "namespace.yaml",
            "rbac.yaml",
            "people.yaml",
            "account.yaml",
            "rollback-actor.yaml",
            "deployment.yaml",
            "network.yaml",
            "crds/kustomization.yaml",
            "crds/pipelinesyncs.plumbline.dev.yaml",
            "crds/pipelinerollbacks.plumbline.dev.yaml",
            "namespace/kustomization.yaml",
            "namespace/binding.yaml",
            "argo/kustomization.yaml",
            "argo/rights.yaml",
            "components/cluster-wide/kustomization.yaml",
            "components/cluster-wide/binding.yaml",
            "components/prometheus/kustomization.yaml",
            "components/prometheus/service-monitor.yaml",
            "components/s3/kustomization.yaml",
            "components/s3/deployment.yaml");

    private DeployFiles() {}

    /** Their contents by path. */
    static Map<String, byte[]> read() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String path : PATHS) {
            try (InputStream file = DeployFiles.class.getResourceAsStream("deploy/" + path)) {
                if (file == null) {
                    throw new IllegalStateException("the program was built without controller/deploy/" + path);
                }
                files.put(path, file.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + path + " out of the program's own jar failed", e);
            }
        }
        return files;
    }
}
