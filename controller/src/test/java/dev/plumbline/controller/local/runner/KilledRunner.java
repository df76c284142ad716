package dev.plumbline.controller.local.runner;

import java.nio.file.Path;

/** A JVM of its own with cluster and runner, to be killed. */
final class KilledRunner {

    private KilledRunner() {}

    /** Runs until it is killed; prints each event, so that the test can choose the moment. */
    public static void main(String[] arguments) throws Exception {
        RunnerBench bench = RunnerBench.open(Path.of(arguments[0]));
        while (true) {
            RunEvent event = bench.events.take();
            System.out.println(event.node() + " " + event.phase());
        }
    }
}
