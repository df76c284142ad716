package dev.plumbline.controller.local.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the programs of steps come from: the private Python environment. Many threads may call it. */
public interface StepEnvironment {

    /**
     * Environment variables that every step gets before its own.
     *
     * @throws IOException when the environment cannot be made; the message says why and what to do
     */
    Map<String, String> variables() throws IOException;

    /**
     * The environment variables of a program that has a folder of its own: what every program needs, and {@link #variables()}.
     *
     * @throws IOException when the environment cannot be made; the message says why and what to do
     */
    default Map<String, String> variables(Path home) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        String path = System.getenv("PATH");
        variables.put("PATH", path == null ? "/usr/local/bin:/usr/bin:/bin" : path);
        variables.put("LANG", "C.UTF-8");
        variables.put("HOME", home.toString());
        variables.putAll(variables());
        return variables;
    }

    /**
     * A command line with its program resolved: {@code python} and {@code python3} become the private interpreter, anything
     * else stays as it is.
     *
     * @param command program and arguments, not empty
     * @throws IOException when the environment cannot be made; the message says why and what to do
     */
    List<String> resolve(List<String> command) throws IOException;
}
