package dev.plumbline.controller.local.runner;

import java.io.IOException;
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
     * A command line with its program resolved: {@code python} and {@code python3} become the private interpreter, anything
     * else stays as it is.
     *
     * @param command program and arguments, not empty
     * @throws IOException when the environment cannot be made; the message says why and what to do
     */
    List<String> resolve(List<String> command) throws IOException;
}
