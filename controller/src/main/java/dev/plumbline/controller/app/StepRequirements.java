package dev.plumbline.controller.app;

import dev.plumbline.controller.local.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the list of Python packages that steps need, and the environment made of it. */
final class StepRequirements {

    private StepRequirements() {}

    private static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path root = xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return root.resolve("plumbline");
    }

    /** What the steps of this repository need, by its own list or the shipped one; null where there is neither. */
    static @Nullable PythonEnvironment environment(UpOptions options) throws IOException {
        String list = "pipelines/platform/image/requirements.lock";
        for (Path root : List.of(Path.of(options.repository()), options.home())) {
            if (!root.toString().isEmpty() && Files.isRegularFile(root.resolve(list))) {
                return PythonEnvironment.of(cache(), Files.readString(root.resolve(list)));
            }
        }
        return null;
    }
}
