package dev.plumbline.tests.scenario;

import java.nio.file.Path;

/**
 * What happens at a desk, told once. Its own class tells it of the program on this machine; {@link ClusterScenariosTest} tells it again,
 * unchanged, of a cluster.
 */
abstract class Scenario {

    /** The program that a desk in a folder has. */
    Program program(Path root) throws Exception {
        return new LocalProgram(root, root.resolve("repository"));
    }

    /** A desk with the small pipeline whose steps are shell scripts, committed once, and nothing running yet. */
    final Desk prepared(Path root) throws Exception {
        return Desk.prepared(root, program(root));
    }

    /** The same with the program running, and the first commit applied. */
    final Desk ready(Path root) throws Exception {
        return prepared(root).started();
    }
}
