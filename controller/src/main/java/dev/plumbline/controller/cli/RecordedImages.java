package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.oci.ImageAnswer;
import dev.plumbline.registry.oci.ImageRegistries;
import dev.plumbline.registry.oci.RegistryCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The images that a recorded run had, asked for at their registries: by who wants the rerun and not by the controller, which should
 * not follow what a run names to any host, and has no credentials for it.
 *
 * @param plan the rerun, whose {@code images} they are
 */
record RecordedImages(Map<String, @Nullable Object> plan) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static RecordedImages of(Map<String, @Nullable Object> plan) {
        return new RecordedImages(plan);
    }

    /** Adds {@code imagesChecked} to the plan, and to the refusals each image that is gone. What is not known refuses nothing. */
    void ask(List<String> refused) throws InterruptedException {
        ask(refused, dockerConfig());
    }

    void ask(List<String> refused, Path config) throws InterruptedException {
        Map<String, String> places = new TreeMap<>();
        Tree.map(plan, "images").forEach((place, image) -> places.putIfAbsent(String.valueOf(image), place));
        Map<String, @Nullable Object> checked = new LinkedHashMap<>();
        if (!places.isEmpty()) {
            try (ImageRegistries registries = new ImageRegistries(credentials(config, checked), PATIENCE)) {
                registries.ask(places.keySet()).forEach((image, answer) -> {
                    if (answer.state() == ImageAnswer.State.GONE) {
                        refused.add(
                                "the image " + image + " that " + places.get(image) + " ran is gone: " + answer.why());
                    }
                    checked.put(image, words(answer));
                });
            }
        }
        plan.put("imagesChecked", checked);
    }

    private static String words(ImageAnswer answer) {
        return switch (answer.state()) {
            case THERE -> "there";
            case GONE -> "gone";
            case UNKNOWN -> "not known, because " + answer.why();
        };
    }

    private static RegistryCredentials credentials(Path config, Map<String, @Nullable Object> checked) {
        try {
            return RegistryCredentials.of(config);
        } catch (IOException e) {
            checked.put("credentials", e.getMessage() + "; registries are asked as anybody may");
            return RegistryCredentials.NONE;
        }
    }

    private static Path dockerConfig() {
        String folder = System.getenv("DOCKER_CONFIG");
        return folder == null || folder.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".docker", "config.json")
                : Path.of(folder, "config.json");
    }
}
