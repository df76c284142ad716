package dev.plumbline.controller.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What commands ask and order, of the {@code plumbline up} on this machine or of a cluster. Answers are plain trees, of the same form from
 * both. A question that cannot be answered is a {@link CommandException}.
 */
interface Api extends AutoCloseable {

    /** Where the sync stands. */
    Map<String, @Nullable Object> status();

    /** All syncs and where they stand. */
    Map<String, @Nullable Object> syncs();

    /** What became of each head. */
    Map<String, @Nullable Object> history(int limit);

    /** What the newest commit would change. */
    Map<String, @Nullable Object> plan();

    /**
     * Which commit made what is rendered.
     *
     * @param object one object; empty for all
     */
    Map<String, @Nullable Object> blame(String object);

    /** Templates that can be run. */
    Map<String, @Nullable Object> templates();

    /**
     * Models that runs made.
     *
     * @param choice the query of an address; empty for all
     */
    Map<String, @Nullable Object> models(String choice);

    /** Recorded runs, chosen likewise. */
    Map<String, @Nullable Object> recorded(String choice);

    /** What a revert of commits would touch. */
    Map<String, @Nullable Object> impact(String range);

    /** How two models differ. */
    Map<String, @Nullable Object> compare(String one, String other);

    /** Which commit made a model, or ran in a run. */
    Map<String, @Nullable Object> provenance(String subject);

    /**
     * What running a recorded run again needs.
     *
     * @param parameters values that stand in the record as digests only
     */
    Map<String, @Nullable Object> rerun(String subject, Map<String, String> parameters);

    /** Stops applying, or goes on. */
    Map<String, @Nullable Object> suspend(boolean suspend);

    /**
     * Looks again now.
     *
     * @param confirm digest of deletions that are allowed; empty for none
     */
    Map<String, @Nullable Object> reconcile(String confirm);

    /**
     * Restores an applied revision.
     *
     * @param to its number; 0 for the one before
     * @param removed whether everything is held until the rollback is removed
     */
    Map<String, @Nullable Object> rollback(long to, String reason, boolean removed);

    /** Makes a revert commit. */
    Map<String, @Nullable Object> revert(String commit);

    /** Runs, newest first, no more than so many. */
    Map<String, @Nullable Object> runs(int limit);

    /** One run with its steps. */
    Map<String, @Nullable Object> run(String name);

    /** What the steps of a run printed. */
    Map<String, @Nullable Object> logs(String name);

    /** Starts a run of a template. */
    Map<String, @Nullable Object> start(String template, Map<String, String> parameters);

    /** Starts a Workflow as somebody wrote it. */
    Map<String, @Nullable Object> submit(Map<String, @Nullable Object> workflow, Map<String, String> parameters);

    /**
     * Ends a run before its time.
     *
     * @param terminate whether at once, without exit handlers
     */
    Map<String, @Nullable Object> stop(String name, boolean terminate);

    /** Lets a run that failed go on where it failed. */
    Map<String, @Nullable Object> retry(String name, Map<String, String> parameters);

    /**
     * Lets a run that waits go on.
     *
     * @param parameters values of the outputs that are waited for
     * @param node the node that is meant; empty for all that wait
     */
    Map<String, @Nullable Object> resume(String name, Map<String, String> parameters, String node);

    /** Starts a run anew, with the templates as they are now. */
    Map<String, @Nullable Object> resubmit(String name, Map<String, String> parameters);

    /** Schedules. */
    Map<String, @Nullable Object> crons();

    /** Stops a schedule, or lets it fire again. */
    Map<String, @Nullable Object> suspendCron(String name, boolean suspend);

    @Override
    void close();
}
