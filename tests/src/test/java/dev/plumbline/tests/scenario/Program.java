package dev.plumbline.tests.scenario;

import java.time.Duration;

/** What keeps a desk's repository applied, and the command line to it. */
interface Program extends AutoCloseable {

    /** The namespace of its pipelines. */
    String namespace();

    /** Starts it on the repository; returns when it answers. */
    void start() throws Exception;

    /** Ends it in order; nothing happens when it does not run. */
    void stop();

    /** Everything that it has told people, each as a kind and a text. */
    String said();

    /** What a command line prints that asks it, on both streams, and its exit code. */
    Desk.Answer plumbline(String... arguments);

    /** How long to wait before it is asked again. */
    Duration pause();

    /** A commit is about to be made. */
    void committing();

    /** A commit was made. */
    void committed();

    @Override
    void close();
}
